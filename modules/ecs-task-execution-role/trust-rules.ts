import { elementsOf, type Rule } from "./rule";

/** The limits on `trust`. */
export const TRUST_RULES: readonly Rule[] = [
  {
    must: "name at least one account or ARN, and have no empty list",
    fix: "fill sourceAccounts or sourceArns, or leave trust out for no condition",
    offenders: ({ trust }) =>
      trust !== undefined &&
      (Object.keys(trust).length === 0 || Object.values(trust).some((list) => list?.length === 0))
        ? [{ input: "trust", got: trust }]
        : [],
    terraform: {
      input: "trust",
      condition:
        "var.trust == null || try((var.trust.source_accounts != null || var.trust.source_arns != null) && try(length(var.trust.source_accounts), 1) > 0 && try(length(var.trust.source_arns), 1) > 0, false)",
      got: "var.trust",
    },
  },
  elementsOf("trust", "sourceAccounts", /^[0-9]{12}$/, {
    must: "be the 12 digits of an AWS account",
    fix: 'write it as a string, such as "111122223333"',
  }),
  elementsOf("trust", "sourceArns", /^arn:aws(-[a-z]+)*:ecs:([a-z0-9-]+|\*):[0-9]{12}:(\*|task\/.+)$/, {
    must: "be the ECS ARN of an account or its tasks; ECS does not support the ARN of a cluster here",
    fix: 'write "arn:PARTITION:ecs:REGION:ACCOUNT:*", with * as REGION for all Regions',
  }),
];

import { table } from "./markdown";

/** What the four managed policies allow of the calls that a field of `access` grants. */
export type Reach = "no" | "only these" | "these and others";

/**
 * What ECS may do with each field of `access`; `access` itself always allows only what the field names.
 * An end-to-end test evaluates the policies in IAM against this table.
 */
export const FIELDS = {
  imageRepositories: { may: "pull images from the repositories named", managedPolicies: "these and others" },
  pullThroughCacheRepositories: {
    may: "pull through a cache: import an image, create its repository",
    managedPolicies: "no",
  },
  guardDutyAgent: { may: "pull GuardDuty's agent", managedPolicies: "these and others" },
  logGroups: { may: "write to the log groups named", managedPolicies: "these and others" },
  createLogGroups: { may: "create these log groups", managedPolicies: "these and others" },
  secrets: { may: "read the secrets named", managedPolicies: "these and others" },
  parameters: { may: "read the parameters named", managedPolicies: "no" },
  decryptionKeys: { may: "decrypt these with the customer managed keys named", managedPolicies: "no" },
  environmentFiles: { may: "read the environment files named", managedPolicies: "no" },
  fsxFileSystems: { may: "describe the file systems of their Regions", managedPolicies: "no" },
  credentialSpecs: { may: "read the gMSA credential specifications named", managedPolicies: "no" },
} satisfies Record<string, { may: string; managedPolicies: Reach }>;

/** Calls that no execution role needs, and whether the four managed policies allow any of them; `access` allows none. */
export const DANGERS = {
  "change IAM": false,
  "change or delete secrets": true,
  "read every secret": true,
  "run CloudFormation change sets": true,
  "create and invoke Lambda functions": true,
  "delete or read logs": true,
  "push or delete images, delete repositories": false,
  "write to S3": false,
  "change parameters": false,
  "encrypt, re-grant or delete keys": false,
  "run commands and tasks": false,
  "read data": false,
} satisfies Record<string, boolean>;

export function modesTable(): string {
  return table(
    ["ECS may", "four managed policies", "`access`"],
    [
      ...Object.entries(FIELDS).map(([field, { may, managedPolicies }]) => [
        `${may} (\`${field}\`)`,
        managedPolicies,
        "only these",
      ]),
      ...Object.entries(DANGERS).map(([what, managedPolicies]) => [what, managedPolicies ? "**yes**" : "no", "no"]),
    ],
  );
}

import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import { asVariables } from "./as-variables";
import { EVERY_LIST } from "./examples";

type Props = Required<Omit<EcsTaskExecutionRoleProps, "provider">>;

/** The value of a container's environment variable, which a plan must never show. */
export const PASSWORD = "hunter2";

const IN = "us-east-1:111122223333";

/** A value for every input. */
export const VALUES = {
  roleName: "by-name",
  roleNamePrefix: "by-prefix-",
  path: "/ecs/",
  description: "of the orders service",
  maxSessionDuration: 7200,
  permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
  tags: { team: "orders" },
  forceDetachPolicies: true,
  managedPolicies: { logs: "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess" },
  access: {
    ...EVERY_LIST,
    pullThroughCacheRepositories: [`arn:aws:ecr:${IN}:repository/docker-hub/*`],
    guardDutyAgent: true,
    createLogGroups: true,
    secrets: [`arn:aws:secretsmanager:${IN}:secret:db`, `arn:aws:secretsmanager:${IN}:secret:a-AbCdEf:key::`],
    bucketOwners: ["111122223333", "444455556666"],
    containerDefinitions: JSON.stringify([
      {
        name: "sidecar",
        image: "ghcr.io/orders/sidecar:v1",
        repositoryCredentials: { credentialsParameter: `arn:aws:secretsmanager:${IN}:secret:registry` },
      },
      {
        name: "app",
        image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1",
        environment: [{ name: "PASSWORD", value: PASSWORD }],
        secrets: [
          { name: "TOKEN", valueFrom: `arn:aws:secretsmanager:${IN}:secret:token:key::` },
          { name: "FLAGS", valueFrom: "/app/flags" },
        ],
        environmentFiles: [{ type: "s3", value: "arn:aws:s3:::config/app.env" }],
        credentialSpecs: ["credentialspec:arn:aws:s3:::config/app.json"],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/app", "awslogs-region": "eu-west-1", "awslogs-create-group": "true" },
        },
      },
    ]),
  },
  trust: { sourceAccounts: ["111122223333"], sourceArns: ["arn:aws:ecs:*:111122223333:*"] },
  exclusive: true,
} satisfies Omit<Props, "access" | "trust"> & {
  access: Required<Props["access"]>;
  trust: Required<Props["trust"]>;
};

/** Blocks for both languages: the values, and a resource with the same values, which are known after apply. */
export const GIVEN = {
  locals: { values: asVariables(VALUES) },
  resource: { terraform_data: { later: { input: "${jsonencode(local.values)}" } } },
};

/** The forms in which Terraform can receive the value at a path. */
const FORMS = {
  // As JSON, because otherwise Terraform knows the length of a list in the plan.
  unknown: (path: string) => `\${jsondecode(terraform_data.later.output).${path}}`,
  sensitive: (path: string) => `\${sensitive(local.values.${path})}`,
  "unknown-sensitive": (path: string) => `\${sensitive(jsondecode(terraform_data.later.output).${path})}`,
};

/** A role with one input in one form. */
export interface Case {
  readonly id: string;
  readonly input: string;
  readonly form: "known" | keyof typeof FORMS;
  /** What has that form: the whole input (0), its members (1) or their members (2). */
  readonly depth: number;
  readonly props: Readonly<Record<string, unknown>>;
}

const GROUPS = ["access", "trust"] as const;

const KNOWN_AT_PLAN = ["access", "managedPolicies", "exclusive"];

/** Every input in every form that Terraform accepts. The fields of `access` and `trust` are both together and alone. */
export const CASES: readonly Case[] = [
  ...Object.entries(VALUES).flatMap(([prop, value]) =>
    (GROUPS.some((group) => group === prop) ? [0, 1, 2] : isObject(value) ? [0, 1] : [0]).flatMap((depth) =>
      casesOf(prop, value, depth, (given) => ({ [prop]: given })),
    ),
  ),
  ...GROUPS.flatMap((prop) =>
    Object.entries(VALUES[prop]).flatMap(([field, value]) => {
      const { logGroups, imageRepositories, environmentFiles } = VALUES.access;
      const besides: Record<string, object> = {
        createLogGroups: { logGroups },
        vpcEndpoints: { imageRepositories },
        bucketOwners: { environmentFiles },
      };
      const beside = besides[field] ?? {};
      return casesOf(`${prop}.${field}`, value, 0, (given) => ({ [prop]: { ...beside, [field]: given } }));
    }),
  ),
];

/** Container definitions as an array, which only the construct accepts, with a secret in every form. */
export const ARRAY_CASES: readonly Case[] = Object.entries({ known: () => VALUES.access.secrets[0], ...FORMS }).map(
  ([form, at]) => ({
    id: `array-${form}`,
    input: "array",
    form: form as Case["form"],
    depth: 0,
    props: {
      access: {
        containerDefinitions: [
          {
            name: "app",
            image: "nginx",
            environment: [{ name: "PASSWORD", value: FORMS.sensitive("access.container_definitions") }],
            secrets: [{ name: "TOKEN", valueFrom: at("access.secrets[0]") }],
          },
        ],
      },
    },
  }),
);

function casesOf(input: string, value: unknown, depth: number, propsOf: (given: unknown) => object): Case[] {
  const path = input.split(".").map(snakeCase).join(".");
  const role = (form: Case["form"], given: unknown): Case => ({
    id: `${input.replace(".", "-")}-${form}-${depth}`,
    input,
    form,
    depth,
    props: { access: { guardDutyAgent: true }, ...propsOf(given) },
  });
  const forms = (Object.keys(FORMS) as (keyof typeof FORMS)[]).filter(
    (form) => form === "sensitive" || depth > 0 || !KNOWN_AT_PLAN.includes(input),
  );
  return [
    ...(depth === 0 ? [role("known", value)] : []),
    ...forms.map((form) => role(form, inForm(FORMS[form], value, path, depth))),
  ];
}

function inForm(form: (path: string) => string, value: unknown, path: string, depth: number): unknown {
  if (depth === 0 || !isObject(value)) {
    return form(path);
  }
  return Array.isArray(value)
    ? value.map((item, at) => inForm(form, item, `${path}[${at}]`, depth - 1))
    : Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, inForm(form, item, `${path}.${snakeCase(key)}`, depth - 1)]),
      );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

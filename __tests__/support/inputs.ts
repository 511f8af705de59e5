import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { checkProps } from "../../modules/ecs-task-execution-role/synth/check-props";
import { fixture } from "./fixture";

interface Inputs {
  /** What is special about the inputs, if they do not show it. */
  readonly what?: string;
  readonly props: EcsTaskExecutionRoleProps;
  /** What was got, with the name of its error. */
  readonly violations?: readonly string[];
  /** What Terraform says that it got, where that differs. */
  readonly inTerraform?: string;
  /** Terraform rejects or converts them before the module reads them. */
  readonly onlyAtSynth?: true;
}

const FIXTURE = fixture<{ readonly errors: Readonly<Record<string, string>>; readonly inputs: readonly Inputs[] }>(
  "inputs.json",
);

/** A violation with the text of the error that it ends with. */
export const inFull = (violation: string) => violation.replace(/\w+$/, (name) => FIXTURE.errors[name] ?? name);

/** Valid and invalid inputs of a role, with every violation. */
export const INPUTS = FIXTURE.inputs;

const times = (number: number, one: (at: number) => [string, string]) =>
  Object.fromEntries(Array.from({ length: number }, (_, at) => one(at)));
const policies = (number: number) => times(number, (at) => [`p${at}`, `arn:aws:iam::111122223333:policy/p${at}`]);

/** The most characters or entries that an input can have, and the name of the error about one more. */
export const LIMITS: readonly (readonly [
  input: string,
  most: number,
  error: string,
  props: (length: number) => EcsTaskExecutionRoleProps,
])[] = [
  ["roleName", 64, "role_name", (length) => ({ roleName: "x".repeat(length) })],
  ["roleNamePrefix", 38, "role_name_prefix", (length) => ({ roleNamePrefix: "x".repeat(length) })],
  ["path", 512, "path", (length) => ({ path: `/${"x".repeat(length - 2)}/` })],
  ["description", 1000, "description", (length) => ({ description: "é".repeat(length) })],
  [
    "permissionsBoundary",
    128,
    "permissions_boundary",
    (length) => ({ permissionsBoundary: `arn:aws:iam::aws:policy/${"x".repeat(length)}` }),
  ],
  ["tags", 128, "tags_key", (length) => ({ tags: { ["k".repeat(length)]: "v" } })],
  ['tags["team"]', 256, "tags_value", (length) => ({ tags: { team: "v".repeat(length) } })],
  ["tags", 50, "tags_count", (number) => ({ tags: times(number, (at) => [`k${at}`, ""]) })],
  ["managedPolicies", 128, "managed_policies_key", (length) => ({ managedPolicies: { ["k".repeat(length)]: "Own" } })],
  ['managedPolicies["own"]', 128, "policy", (length) => ({ managedPolicies: { own: "n".repeat(length) } })],
  ["managedPolicies", 20, "managed_policies_count", (number) => ({ managedPolicies: policies(number) })],
  [
    "managedPolicies",
    19,
    "managed_policies_count_with_access",
    (number) => ({ managedPolicies: policies(number), access: { guardDutyAgent: true } }),
  ],
  [
    'access.containerDefinitions["app"].logConfiguration.options.awslogs-group',
    512,
    "log_group",
    (length) => {
      const logConfiguration = { logDriver: "awslogs", options: { "awslogs-group": "a".repeat(length) } };
      return { access: { containerDefinitions: [{ name: "app", image: "nginx", logConfiguration }] } };
    },
  ],
];

/** The lines of the error that the construct throws for these props. */
export function violationsAtSynth(props: EcsTaskExecutionRoleProps): string[] {
  try {
    checkProps("stack/role", props);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n  - ").slice(1);
  }
}

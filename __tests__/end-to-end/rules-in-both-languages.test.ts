import { LIST_FIELD_NAMES, SWITCHES } from "../../modules/ecs-task-execution-role/aws/access-fields";
import type { Wording } from "../../modules/ecs-task-execution-role/aws/facts";
import { DEFAULT_MANAGED_POLICIES } from "../../modules/ecs-task-execution-role/aws/managed-policies";
import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role/inputs/access";
import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role/inputs/props";
import type { Rule } from "../../modules/ecs-task-execution-role/rules/rule";
import { RULES } from "../../modules/ecs-task-execution-role/rules/rules";
import { violationsOf } from "../../modules/ecs-task-execution-role/synth/violations";
import { inTerraformsWords } from "../../scripts/docs/terraform-words";
import { BAD } from "../support/arbitrary-access";
import { asVariables } from "../support/as-variables";
import { endToEnd } from "../support/end-to-end";
import { EVERY_FIELD } from "../support/every-field";
import { VALUES } from "../support/every-input";
import { faultsInTerraform } from "../support/terraform-reader";

const times = (number: number, one: (at: number) => [string, string]) =>
  Object.fromEntries(Array.from({ length: number }, (_, at) => one(at)));

const policies = (number: number) => times(number, (at) => [`p${at}`, `arn:aws:iam::111122223333:policy/p${at}`]);

const TEXTS = [
  ...["", "a", "orders", "no spaces", "é", "/", "/ecs/", "/ecs//orders/", "ecs/", "/a b/", "“quoted”", "tab\t"],
  ...[38, 39, 64, 65, 512, 513, 1000, 1001].map((length) => "x".repeat(length)),
  ...["/x/", `/${"x".repeat(510)}/`, `/${"x".repeat(511)}/`, "/ü/", "/a!b/"],
  ...["arn:aws:iam::111122223333:policy/own", "arn:aws-cn:iam::aws:policy/a/b", "arn:aws:iam::1:policy/own", "own"],
];

/** Several in one role, except for the name and its prefix, which conflict. */
const textProps = (text: string): EcsTaskExecutionRoleProps[] => [
  { roleName: text },
  { roleNamePrefix: text, path: text, description: text, permissionsBoundary: text },
];

const TAGS = [
  {},
  { team: "orders", empty: "" },
  { team: "a", Team: "b" },
  { "aws:x": "a" },
  { "AWS:x": "a" },
  { "a?": "b" },
  { "": "b" },
  { ["k".repeat(128)]: "v".repeat(256) },
  { ["k".repeat(129)]: "v" },
  { k: "v".repeat(257) },
  { k: "v?" },
  { "ключ 1": "ü" },
  times(50, (at) => [`k${at}`, "v"]),
  times(51, (at) => [`k${at}`, "v"]),
];

const COUNTS = [19, 20, 21].map(policies);

const MANAGED_POLICIES = [
  {},
  DEFAULT_MANAGED_POLICIES,
  { access: "Own" },
  { "a b": "Own" },
  { ["k".repeat(128)]: "Own", ["k".repeat(129)]: "Other" },
  { one: "/service-role/Own" },
  { one: "Own Policy" },
  { one: "n".repeat(129) },
  ...Object.values(DEFAULT_MANAGED_POLICIES).flatMap((name) => [
    { one: name.replace(/^.*\//, "") },
    { one: `wrong/${name}` },
    { one: `arn:aws:iam::aws:policy/${name}` },
    { one: `arn:aws:iam::aws:policy/wrong/${name}` },
    { one: name, other: `arn:aws:iam::aws:policy/${name}` },
  ]),
  ...COUNTS,
];

const SESSIONS = [3599, 3600, 7200.5, 43200, 43201];

const CONTAINERS = [
  "no JSON",
  "{}",
  '["app"]',
  "[]",
  '[{"name":"app"}]',
  ...["nginx", "My App", "a/b:c@sha256:ab", "1.dkr.ecr.us-east-1.amazonaws.com/a", 1, true].map((image) =>
    JSON.stringify([{ name: "app", image }]),
  ),
  ...["arn:aws:s3:::b/k", "db", "db:key", EVERY_FIELD.secrets?.[0], EVERY_FIELD.parameters?.[0]].flatMap((value) => [
    JSON.stringify([{ image: "a", secrets: [{ name: "A", valueFrom: value }] }]),
    JSON.stringify([{ image: "a", repositoryCredentials: { credentialsParameter: value } }]),
    JSON.stringify([{ image: "a", environmentFiles: [{ type: "s3", value }] }]),
    JSON.stringify([{ image: "a", credentialSpecs: [value, `credentialspec:${value}`] }]),
    JSON.stringify([{ image: "a", logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": value } } }]),
  ]),
  ...["awslogs-region", "awslogs-create-group"].flatMap((option) =>
    ["eu-west-1", "true", "Frankfurt", ["eu-west-1"], true].map((value) => {
      const options = { "awslogs-group": "/a", [option]: value };
      return JSON.stringify([{ image: "a", logConfiguration: { logDriver: "awslogs", options } }]);
    }),
  ),
  ...[
    {
      repositoryCredentials: { credentialsParameter: "registry" },
      image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/a",
    },
    { repositoryCredentials: { credentialsParameter: "" } },
    { logConfiguration: { logDriver: ["awslogs"] } },
    { logConfiguration: [] },
    { secrets: {} },
    { secrets: ["/a"] },
    { Secrets: [] },
    { secrets: [{ ValueFrom: "/a" }] },
    { environmentFiles: [{ type: "efs", value: "arn:aws:s3:::b/k" }] },
    { environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/&{aws:username}" }] },
    { firelensConfiguration: { options: { "config-file-type": "http" } } },
  ].map((container) => JSON.stringify([{ image: "a", ...container }])),
  JSON.stringify(Array.from({ length: 11 }, () => ({ image: "a" }))),
  JSON.stringify({ taskDefinition: { containerDefinitions: [{ image: "a" }] } }),
  JSON.stringify({ containerDefinitions: [{ image: "My App" }] }),
  JSON.stringify({ image: "a" }),
];

const ALL_EMPTY = {
  ...Object.fromEntries(LIST_FIELD_NAMES.map((field) => [field, []])),
  ...Object.fromEntries(SWITCHES.map((field) => [field, false])),
};

const ALL_GIVEN: TaskExecutionAccess = VALUES.access;

/** An access with the defaults of the variable's type. */
const access = (given: object) => ({ access: { ...ALL_EMPTY, ...given } as EcsTaskExecutionRoleProps["access"] });

const ACCESSES = [
  access({}),
  access({ guardDutyAgent: true }),
  access({ createLogGroups: true }),
  access({ guardDutyAgent: "yes" }),
  access({ secret: ["a"], guardDutyAgent: true }),
  access({ vpcEndpoints: ALL_GIVEN.vpcEndpoints }),
  access({ createLogGroups: "yes" }),
  access({ environmentFiles: ["arn:aws:s3:::b/&{aws:username}"] }),
  access({ credentialSpecs: ["arn:aws:s3:::b/&{aws:username}"] }),
  access({ createLogGroups: true, logGroups: EVERY_FIELD.logGroups }),
  ...CONTAINERS.map((containerDefinitions) => access({ containerDefinitions })),
  access({ createLogGroups: true, containerDefinitions: '[{"image":"a"}]' }),
  access({ containerDefinitions: { name: "app", image: "a" } }),
  ...LIST_FIELD_NAMES.flatMap((field) => [
    access({ [field]: ALL_GIVEN[field] }),
    access({ [field]: [...(ALL_GIVEN[field] ?? []), ...BAD] }),
    access({ [field]: (ALL_GIVEN[field] ?? [])[0] }),
  ]),
  ...TEXTS.filter((text) => text.includes("/")).map((path) => ({ ...access({ guardDutyAgent: true }), path })),
  ...[{}, ...COUNTS].map((managedPolicies) => ({ ...access({ guardDutyAgent: true }), managedPolicies })),
];

const TRUSTS = [
  { sourceAccount: ["111122223333"] },
  { sourceAccounts: ["111122223333"], sourceArns: null },
  {},
  { sourceAccounts: null },
  { sourceAccounts: [] },
  { sourceAccounts: ["111122223333"] },
  { sourceAccounts: ["111122223333"], sourceArns: [] },
  { sourceAccounts: ["1111"], sourceArns: ["arn:aws:ecs:*:111122223333:*"] },
  { sourceArns: ["arn:aws:ecs:us-east-1:111122223333:task/*", "arn:aws:ecs:*:111122223333:cluster/a"] },
];

/** Roles that meet and roles that violate each rule, including edge cases. */
const ROLES: readonly EcsTaskExecutionRoleProps[] = [
  {},
  ...TEXTS.flatMap(textProps),
  { roleName: "a", roleNamePrefix: "a" },
  ...SESSIONS.map((maxSessionDuration) => ({ maxSessionDuration })),
  ...TAGS.map((tags) => ({ tags: tags as Record<string, string> })),
  ...MANAGED_POLICIES.map((managedPolicies) => ({ managedPolicies: managedPolicies as Record<string, string> })),
  ...ACCESSES,
  ...TRUSTS.map((trust) => ({ trust: trust as EcsTaskExecutionRoleProps["trust"] })),
];

/** A rule in the words of the module's errors. */
const inTerraform = ({ must, fix }: Wording) => inTerraformsWords(`; must ${must}. Fix: ${fix}.`);

/** TypeScript alone knows which props there are, and which values are known at synth. */
const isForTerraform = (rule: Rule) =>
  !["props", "map", "policy"].includes(rule.kind) && !/known at synth/.test(rule.must);

const rules = RULES.filter(isForTerraform);

endToEnd("a rule", (parts) => {
  let byTerraform: readonly (readonly string[])[];
  beforeAll(async () => {
    const faults = await faultsInTerraform(
      parts,
      "rules",
      ROLES.map((role) => asVariables(role) as object),
    );
    byTerraform = faults.map(({ role, access }) => [...role, ...access]);
  });

  test.each(rules.map((rule) => ({ name: inTerraform(rule), rule })))(
    "has the same result at synth and in Terraform: $name",
    ({ rule, name }) => {
      const isAsked = (role: EcsTaskExecutionRoleProps) =>
        rule.onlyWith === undefined || role[rule.onlyWith] !== undefined;
      const results = ROLES.map((role, at) => ({
        role,
        synth: isAsked(role) && violationsOf(rule, role).length > 0,
        terraform: byTerraform[at]?.some((fault) => fault.endsWith(name)) ?? false,
      }));
      // Rules with the same words have the same violation.
      const twins = rules.filter((other) => inTerraform(other) === name);
      const differing = results.filter(
        ({ role, synth, terraform }) =>
          terraform !== synth && terraform !== twins.some((twin) => violationsOf(twin, role).length > 0),
      );
      expect(differing).toEqual([]);
      expect(new Set(results.map(({ synth }) => synth))).toEqual(new Set([true, false]));
    },
  );

  test("names the role in every line", () => {
    const lines = ROLES.flatMap(({ roleName, roleNamePrefix }, at) =>
      (byTerraform[at] ?? []).map((line) => {
        const name = roleName || roleNamePrefix;
        return [line, name ? JSON.stringify(name) : "with a generated name"] as const;
      }),
    );
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter(([line, name]) => !line.startsWith(`role ${name}: `))).toEqual([]);
  });
});

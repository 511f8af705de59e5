import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { DataResource, TerraformOutput, type TerraformStack, TerraformVariable, Token } from "cdktf";
import fc from "fast-check";
import {
  EcsTaskExecutionRole,
  type EcsTaskExecutionRoleProps,
  type TaskExecutionAccess,
} from "../../modules/ecs-task-execution-role";
import { LIST_FIELD_NAMES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import type { Finished } from "../../scripts/tools/child-process";
import { policyDocuments } from "../support/account";
import { arbitraryAccess } from "../support/arbitrary-access";
import { asVariables } from "../support/as-variables";
import { endToEnd } from "../support/end-to-end";
import type { PolicyDocument } from "../support/evaluate";
import type { Plan } from "../support/root-module";
import { sizeOf } from "../support/statements";
import { Workspace } from "../support/workspace";

// The emulator returns policies without URL encoding, so the provider does not read back the + and % that it wrote.
// Terraform writes each of & < > as six characters, which count as six but are read back as one.
const ACCESSES = fc
  .sample(arbitraryAccess, { seed: 3, numRuns: 100 })
  .filter((access) => !/[+%&<>]/.test(JSON.stringify(access)))
  .filter((access) => LIST_FIELD_NAMES.filter((field) => access[field]?.length).length >= 3)
  .slice(0, 3);

const GRANTED = "grant";

/** An empty text that is known after apply. */
const EMPTY = "terraform_data.empty.output.text";

const listOf = (expression: string) => Token.asList(`\${${expression}}`);
const secrets = (expression: string) => ({ access: { secrets: listOf(expression) } });
const accounts = (expression: string) => ({ trust: { sourceAccounts: listOf(expression) } });

const idOf = (what: string) => `refused-${what.replaceAll(" ", "-")}`;

const REFUSED: readonly (readonly [what: string, props: EcsTaskExecutionRoleProps, message: string])[] = [
  [
    "an ARN of the wrong service",
    secrets(`[format("arn:aws:s3:::bucket/key%s", ${EMPTY})]`),
    `access.secrets: got "arn:aws:s3:::bucket/key"; must be the ARN of a Secrets Manager secret`,
  ],
  [
    "an empty list",
    secrets(`compact([${EMPTY}])`),
    "access: got the fields [secrets]; must set at least one field that grants something",
  ],
  [
    "a policy that is too long",
    secrets(
      `[for i in range(90) : format("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/%d-AbCdEf%s", i, ${EMPTY})]`,
    ),
    "characters; must produce a policy of at most 6144 characters, not counting whitespace",
  ],
  [
    // Terraform treats an empty string as no boundary.
    "an empty permissions boundary",
    { permissionsBoundary: `\${${EMPTY}}` },
    `permissionsBoundary: got ""; must be the ARN of an IAM policy.`,
  ],
  [
    "a sensitive description",
    { description: `\${sensitive(format("“%s”", ${EMPTY}))}` },
    "description: got a value that is not shown; must be at most 1000 Latin-1 characters.",
  ],
  [
    "an empty list of accounts",
    accounts(`compact([${EMPTY}])`),
    "trust.sourceAccounts: got []; must contain at least one account or ARN, and no empty list.",
  ],
  [
    "a wrong account in a list",
    accounts(`["111122223333", format("1111%s", ${EMPTY})]`),
    `trust.sourceAccounts: got "1111"; must be a 12-digit AWS account ID.`,
  ],
  [
    "a wrong account in a sensitive list",
    accounts(`sensitive([format("1111%s", ${EMPTY})])`),
    "trust.sourceAccounts: got a value that is not shown; must be a 12-digit AWS account ID.",
  ],
  [
    "text that is not container definitions",
    { access: { containerDefinitions: `\${${EMPTY}}` } },
    "access.container_definitions: got text of 0 characters that is not JSON; must be container definitions",
  ],
];

/** The order of statements differs, because Terraform writes those with unknown values first. */
function bySid(policy: PolicyDocument): PolicyDocument {
  const statements = policy.Statement as readonly { readonly Sid: string }[];
  return { ...policy, Statement: [...statements].sort((one, other) => one.Sid.localeCompare(other.Sid)) };
}

/**
 * Creates a role for each access with literals, with values that only Terraform knows, and with a mix of both. The module
 * gets lists that only Terraform knows.
 */
function sameAccesses(stack: TerraformStack): void {
  for (const [index, access] of ACCESSES.entries()) {
    const unknown = new DataResource(stack, `data-${index}`, { input: { json: JSON.stringify(access) } });
    // As JSON, because otherwise Terraform knows the length of a list in the plan.
    const output = (of: string) => `\${jsondecode(terraform_data.${unknown.friendlyUniqueId}.output.json).${of}}`;
    const mapFields = (map: (field: (typeof LIST_FIELD_NAMES)[number]) => readonly string[]): TaskExecutionAccess => ({
      ...access,
      ...Object.fromEntries(
        LIST_FIELD_NAMES.filter((field) => access[field]?.length).map((field) => [field, map(field)]),
      ),
    });
    const oneByOne = mapFields((field) => (access[field] ?? []).map((_, at) => output(`${field}[${at}]`)));
    const lists = mapFields((field) => [...Token.asList(output(field)), ...(access[field] ?? []).slice(0, 1)]);
    // Known and unknown fields of the same statement.
    const mixed = mapFields((field) =>
      LIST_FIELD_NAMES.indexOf(field) % 2 === 0 ? (access[field] ?? []) : Token.asList(output(field)),
    );
    for (const [kind, given] of Object.entries({ literal: access, oneByOne, lists, mixed })) {
      new EcsTaskExecutionRole(stack, `${kind}-${index}`, { roleName: `${kind}-${index}`, access: given });
    }
    const fields = LIST_FIELD_NAMES.filter((field) => access[field]?.length).map((field) => [field, output(field)]);
    const ofModule = { roleName: `module-${index}`, access: { ...access, ...Object.fromEntries(fields) } };
    stack.addOverride(`module.${ofModule.roleName}`, { source: "./role", ...asVariables(ofModule) });
  }
}

function roleOfATask(stack: TerraformStack, managedPolicies: Record<string, string>): EcsTaskExecutionRole {
  const name = new TerraformVariable(stack, "name", { default: "db" });
  const execution = new EcsTaskExecutionRole(stack, GRANTED, {
    roleName: GRANTED,
    managedPolicies,
    // Terraform treats null as not set.
    description: "${tostring(null)}",
    access: { secrets: [`arn:aws:secretsmanager:us-east-1:123456789012:secret:${name.stringValue}`] },
  });
  new EcsTaskDefinition(stack, "task", {
    family: GRANTED,
    containerDefinitions: JSON.stringify([{ name: "app", image: "app", memory: 128 }]),
    executionRoleArn: execution.roleArn,
  });
  new TerraformOutput(stack, "policy_arns", { value: execution.policyArns });
  return execution;
}

endToEnd("values that are known after apply", (tools) => {
  let changes: Plan["changes"];
  let applied: Finished;
  let refused: Finished;

  // Terraform commands take most of the time, so one apply creates all valid roles, and another rejects the others.
  beforeAll(async () => {
    const workspace = new Workspace(tools, "unknown");
    await workspace.writeModule("role");
    workspace.synthesize((stack) => {
      sameAccesses(stack);
      roleOfATask(stack, {});
    });
    await workspace.apply();
    workspace.synthesize((stack) => {
      sameAccesses(stack);
      const role = roleOfATask(stack, { pull: "AmazonEC2ContainerRegistryPullOnly" });
      role.grant({ logGroups: ["arn:aws:logs:us-east-1:123456789012:log-group:/ecs/grant"], createLogGroups: true });
      role.grant({ guardDutyAgent: true });
    });
    ({ changes } = await workspace.plan());
    applied = await workspace.apply("plan");

    const refusing = new Workspace(tools, "refused");
    await refusing.writeModule("role");
    refusing.synthesize((stack) => {
      new DataResource(stack, "empty", { input: { text: "" } });
      for (const [what, props] of REFUSED) {
        new EcsTaskExecutionRole(stack, idOf(what), { roleName: idOf(what), ...props });
      }
      const id = "${terraform_data.empty.id}";
      const modules = [
        { access: { secrets: [`\${${EMPTY}}`, "bad"] } },
        { role_name: `r-${id}`, tags: { "a?": "b" } },
        { role_name: `a-${id}`, access: { parameters: ["bad"] } },
      ];
      stack.addOverride(
        "module",
        Object.fromEntries(modules.map((inputs, at) => [`role${at}`, { source: "./role", ...inputs }])),
      );
    });
    refused = await refusing.terraform("apply", "-input=false", "-auto-approve");
  });

  test("are generated for three accesses", () => expect(ACCESSES).toHaveLength(3));

  test.each(ACCESSES.map((access, index) => [index, access] as const))(
    "result in the same policy as literals, as single values, as lists and as a mix: access %#",
    async (index, access) => {
      const documents = Object.fromEntries(
        await Promise.all(
          ["literal", "oneByOne", "lists", "mixed", "module"].map(async (kind) => [
            kind,
            (await policyDocuments(tools.iam, `${kind}-${index}`)).map(bySid),
          ]),
        ),
      );
      const { literal } = documents;
      expect(literal).toHaveLength(1);
      for (const [kind, document] of Object.entries(documents)) {
        expect([kind, document]).toEqual([kind, literal]);
      }
      expect(JSON.stringify(literal[0]).replace(/\s/g, "").length).toBe(sizeOf(access));
    },
  );

  test("cause no changes to these policies once they are known", () => {
    expect(changes.filter(({ address }) => !address.includes(GRANTED))).toEqual([]);
  });

  test("let a later grant() and a new managed policy leave the task definition as it is", () => {
    expect(changes.map(({ type, change }) => [type, change.actions.join()])).toEqual([
      ["aws_iam_policy", "update"],
      ["aws_iam_role_policy_attachment", "create"],
    ]);
    expect(applied.output).toMatch(/policy_arns = \{\s+"access" += "arn:aws:iam::123456789012:policy\/grant-access"\s/);
  });

  test.each(REFUSED)(
    "are validated, with our own messages, before Terraform creates the policy: %s",
    async (what, _, message) => {
      expect(refused.code).toBe(1);
      const text = refused.output.replace(/\n[│\s]*/g, " ");
      // The path of the construct distinguishes its faults from those of the other roles.
      expect(text).toContain(`EcsTaskExecutionRole "refused/${idOf(what)}" has invalid input:`);
      const [, ...faults] = text.split(`EcsTaskExecutionRole "refused/${idOf(what)}" has invalid input:`);
      expect(faults.map((fault) => fault.split("Error:")[0]).join()).toContain(message);
      expect(await policyDocuments(tools.iam, idOf(what)).catch(() => [])).toEqual([]);
    },
  );

  test("do not hide an invalid value of the module, whose error names the role", () => {
    const text = refused.output.replace(/[\s│]+/g, " ");
    expect(text).toContain('access.secrets: got "bad"; must be the ARN of a Secrets Manager secret');
    expect(text).toMatch(/role "r-[-\w]{36}": tags: got "a\?"; must have a key/);
    expect(text).toMatch(/role "a-[-\w]{36}": access\.parameters: got "bad"; must be the ARN of an SSM parameter/);
  });
});

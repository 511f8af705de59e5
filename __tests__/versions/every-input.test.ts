import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { IAMClient } from "@aws-sdk/client-iam";
import { Token } from "cdktf";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { SWITCHES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { succeed } from "../../scripts/tools/child-process";
import { makeConsoleRole, roleNames } from "../support/account";
import { asVariables } from "../support/as-variables";
import { emptyAws, endToEnd } from "../support/end-to-end";
import { ARRAY_CASES, CASES, type Case, GIVEN, PASSWORD, VALUES } from "../support/every-input";
import { exampleOfModule, type RootModule, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const EXAMPLES = readdirSync(join(TERRAFORM_MODULE_FOLDER, "examples"));

/** Creates what must exist before the first apply of an example. */
const EXISTING: Record<string, (iam: IAMClient) => Promise<void>> = {
  "existing-role": (iam) => makeConsoleRole(iam, "fcjEcsTaskExecutionRole"),
};

/** The timeout for more than a hundred roles on a busy machine. */
const MINUTES = 900_000;

endToEnd("the module example", (tools) => {
  // The emulator keeps the tags of a deleted log group, and the examples use the same name.
  afterEach(() => emptyAws(tools));

  test.each(EXAMPLES)("%s is valid, applies, and then has an empty plan", async (name) => {
    await EXISTING[name]?.(tools.iam);
    const root = await exampleOfModule(tools, name);
    succeed(await root.terraform("validate"));
    await root.apply();
    await root.expectNoChanges();
    await root.destroy();
    expect(await roleNames(tools.iam)).toEqual([]);
  });
});

endToEnd("the module", (tools) => {
  test(
    "accepts every variable as an unknown and as a sensitive value",
    async () => {
      const root = await rootWithModule(tools, join(tools.folder, "variables"));
      // Terraform rejects a sensitive value in a root output that is not marked, so these values are not sensitive.
      const outputs = ["role_arn", "policy_arns", "assume_role_policy", "access_policy"];
      const module = CASES.map((one) => [one.id, { source: "./role", ...asVariables(withName(one)) }]);
      const output = CASES.map(({ id }) => [id, { value: outputs.map((name) => `\${module.${id}.${name}}`) }]);
      await root.write(
        "main.tf.json",
        JSON.stringify({ ...GIVEN, module: Object.fromEntries(module), output: Object.fromEntries(output) }, null, 2),
      );
      await expectSameRoles(root, CASES);
    },
    MINUTES,
  );
});

endToEnd("the construct", (tools) => {
  test(
    "accepts every prop as an unknown and as a sensitive value",
    async () => {
      const workspace = new Workspace(tools, "props");
      const cases = [...CASES.filter(isForConstruct), ...ARRAY_CASES];
      workspace.synthesize((stack) => {
        stack.addOverride("locals", GIVEN.locals);
        stack.addOverride("resource", GIVEN.resource);
        for (const one of cases) {
          new EcsTaskExecutionRole(stack, one.id, asTokens(withName(one), VALUES));
        }
      });
      await expectSameRoles(workspace, cases);
    },
    MINUTES,
  );
});

/** Plans and applies once. Each input must have the same result in every form, which the plan shows if it is known. */
async function expectSameRoles(root: RootModule, cases: readonly Case[]): Promise<void> {
  const { changes } = await root.plan();
  const policies = changes.filter(({ type }) => type === "aws_iam_policy").map(({ change }) => change);
  expect(policies.filter(({ after_sensitive }) => after_sensitive?.policy)).toEqual([]);
  const planned = new Map(policies.map(({ after }) => [after?.name, after?.policy]));
  const named = cases.filter(({ input }) => input !== "roleNamePrefix");
  for (const one of named.filter(({ form }) => form === "sensitive")) {
    expect([one.id, planned.get(`${nameOf(one)}-access`)]).toEqual([one.id, expect.any(String)]);
  }
  const sections = succeed(await root.terraform("show", "plan")).output.split(/^(?: {2}# |Changes to Outputs)/m);
  expect(sections.filter((section) => section.includes(PASSWORD))).toEqual([
    expect.stringMatching(/^terraform_data\.later will be created/),
  ]);

  succeed(await root.terraform("apply", "-input=false", "plan"));
  const { root_module: all } = (await root.plan("-detailed-exitcode")).json.planned_values;
  const resources = [all, ...(all.child_modules ?? [])].flatMap((part) => part.resources ?? []);
  const policyOf = (wanted: string, name: string, attribute: string) =>
    resources.find(({ type, values }) => type === wanted && values.name === name)?.values[attribute];
  const madeFor = (one: Case) => ({
    assumeRolePolicy: policyOf("aws_iam_role", nameOf(one), "assume_role_policy"),
    access: bySid(policyOf("aws_iam_policy", `${nameOf(one)}-access`, "policy")),
  });
  const whenKnown = new Map(named.filter(({ form }) => form === "known").map((one) => [one.input, madeFor(one)]));
  for (const made of whenKnown.values()) {
    expect(made).toEqual({ assumeRolePolicy: expect.any(String), access: expect.any(String) });
  }
  for (const one of named) {
    expect([one.id, madeFor(one)]).toEqual([one.id, whenKnown.get(one.input)]);
  }
}

/** The statements of a policy. In a construct, those with unknown values come first. */
function bySid(policy: unknown): string {
  const { Statement } = JSON.parse(String(policy)) as { Statement: { readonly Sid: string }[] };
  return JSON.stringify([...Statement].sort((one, other) => one.Sid.localeCompare(other.Sid)));
}

/** The unique role name of a case. */
function nameOf({ id, input }: Case): string {
  return input === "roleName" ? `${VALUES.roleName}-${id}` : id;
}

function withName({ id, input, props }: Case): Record<string, unknown> {
  return input === "roleNamePrefix"
    ? props
    : { ...props, roleName: input === "roleName" ? `${props.roleName}-${id}` : id };
}

const KNOWN_AT_SYNTH = ["managedPolicies", "access", "trust", "exclusive", ...SWITCHES.map((name) => `access.${name}`)];

function isForConstruct({ input, form, depth }: Case): boolean {
  return form === "known" || depth > 0 || !KNOWN_AT_SYNTH.includes(input);
}

/** The props with CDKTF tokens instead of expressions. Booleans must be known at synth. */
function asTokens(props: object, values: object): Record<string, unknown> {
  const likes = new Map<string, unknown>(Object.entries(values));
  return Object.fromEntries(
    Object.entries(props).map(([name, given]) => {
      const like = likes.get(name);
      return [
        name,
        typeof given === "string"
          ? token(given, like)
          : ["access", "trust"].includes(name)
            ? asTokens(given, like as object)
            : given,
      ];
    }),
  );
}

function token(given: string, like: unknown): unknown {
  if (!given.startsWith("${")) {
    return given;
  }
  switch (typeof like) {
    case "number":
      return Token.asNumber(given);
    case "boolean":
      return like;
    case "object":
      return Array.isArray(like) ? Token.asList(given) : Token.asStringMap(given);
    default:
      return given;
  }
}

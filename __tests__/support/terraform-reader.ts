import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { succeed } from "../../scripts/parts/child-process";
import { asVariables } from "./as-variables";
import type { RealParts } from "./end-to-end";
import type { PolicyDocument } from "./evaluate";
import { RootModule } from "./root-module";

/** A statement as `modules/access` returns it. */
export interface ReadStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

/** What Terraform makes of an `access`. */
export interface ReadAccess {
  readonly statements: readonly ReadStatement[];
  readonly faults: readonly string[];
}

export const PLACE = { partition: "aws", region: "us-east-1", account: "111122223333" };

/** The policy with these statements, as `main.tf` writes it. */
export function documentOf(statements: readonly ReadStatement[]): PolicyDocument {
  const Statement = statements.map(({ sid, actions, resources, conditions }) => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    Condition: Object.fromEntries(
      conditions.map(({ test, variable, values }) => [
        test,
        // As the data source `aws_iam_policy_document` writes policy variables.
        { [variable]: values.map((value) => value.replace("&{", "${")) },
      ]),
    ),
  }));
  return { Version: "2012-10-17", Statement };
}

/** The order of the groups of statements in the policy. */
const GROUPS = ["images", "logs", "secrets", "files"];

/**
 * Evaluates `modules/access` for many inputs in one plan. It has no resources, so the plan needs no provider.
 *
 * @param known Sids of statements that the module leaves out.
 */
export async function readInTerraform(
  parts: RealParts,
  name: string,
  accesses: readonly object[],
  known: readonly string[] = [],
): Promise<ReadAccess[]> {
  const results = await evaluate(parts, name, "modules/access", [
    ...accesses.map((access, at) => ({ role: { label: `role ${at}`, ...PLACE, known }, access: asVariables(access) })),
  ]);
  return (results as { statements: Record<string, ReadStatement[]>; faults: Record<string, string[]> }[]).map(
    ({ statements, faults }) => ({
      statements: GROUPS.flatMap((group) => statements[group] ?? []),
      faults: Object.values(faults).flat(),
    }),
  );
}

/** Evaluates the rules on a role's own inputs for many roles in one plan, without the role. */
export async function faultsInTerraform(
  parts: RealParts,
  name: string,
  roles: readonly object[],
): Promise<{ readonly role: readonly string[]; readonly access: readonly string[] }[]> {
  const results = await evaluate(parts, name, ".", roles, ROLE_FAULTS);
  return (results as Record<string, Record<string, string[]>>[]).map(({ role = {}, access = {} }) => ({
    role: Object.values(role).flat(),
    access: Object.values(access).flat(),
  }));
}

/** Stands for `main.tf`, which has the resources. */
const ROLE_FAULTS = `module "access" {
  source = "./modules/access"
  count  = var.access == null ? 0 : 1

  access = var.access
  role   = { label = local.label, partition = "aws", region = "us-east-1", account = "111122223333" }
}

output "role" {
  value = { for subject, faults in module.checks.faults : subject => faults if subject != "access_policy" }
}

output "access" {
  value = { for group, faults in merge({ access_policy = module.checks.faults.access_policy }, module.access[*].faults...) : group => faults if var.access != null }
}
`;

async function evaluate(
  parts: RealParts,
  name: string,
  part: string,
  inputs: readonly object[],
  main?: string,
): Promise<unknown[]> {
  const root = new RootModule(parts, join(parts.folder, name));
  const copy = join(root.folder, "copy");
  await mkdir(copy, { recursive: true });
  await cp(join(TERRAFORM_MODULE_FOLDER, part), copy, {
    recursive: true,
    filter: (file) =>
      main === undefined ||
      !/\/(main|outputs|versions)\.tf$|tests|examples/.test(file.replace(TERRAFORM_MODULE_FOLDER, "")) ||
      file.includes("/modules/", TERRAFORM_MODULE_FOLDER.length),
  });
  if (main !== undefined) {
    await root.write("copy/main.tf", main);
  }
  // Terraform takes three times as long for as many module blocks. A file holds text that looks like an expression.
  await root.write("inputs.json", JSON.stringify(Object.fromEntries(inputs.map((input, at) => [`i${at}`, input]))));
  const names = [...new Set(inputs.flatMap((input) => Object.keys(input)))];
  const given = Object.fromEntries(names.map((name) => [name, `\${try(each.value.${name}, null)}`]));
  const all = { source: "./copy", for_each: '${jsondecode(file("inputs.json"))}', ...given };
  const value = "${{ for key, one in module.all : key => jsonencode(one) }}";
  await root.write("main.tf.json", JSON.stringify({ module: { all }, output: { all: { value } } }));
  succeed(await root.terraform("plan", "-input=false", "-out=plan"));
  const { stdout } = succeed(await root.terraform("show", "-json", "plan"));
  const { planned_values } = JSON.parse(stdout) as { planned_values: { outputs: { all: { value: object } } } };
  const results = new Map<string, string>(Object.entries(planned_values.outputs.all.value));
  return inputs.map((_, at) => JSON.parse(results.get(`i${at}`) ?? "") as unknown);
}

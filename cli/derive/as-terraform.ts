import { snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import type { DerivedRole } from "./derived-role";
import { literal, type WriteMembers } from "./literal";

/** The keys in these maps are the user's own, such as tag keys. */
const OWN_KEYS = ["tags", "managedPolicies"];

/** A role as a block of the Terraform module, with the import blocks for an existing role. */
export function asTerraform({ notes, changes, props, imports }: DerivedRole, name: string, source: string): string {
  const body = { source, ...props };
  const comments = [...notes, ...changes].map((comment) => `# ${comment}`);
  const module = [...comments, `module "${name}" ${literal(body, "", members(snakeCase))}`].join("\n");
  return imports === undefined ? module : [module, ...importBlocks(name, imports)].join("\n\n");
}

/** The role, and the resources that remove its other policies: imported, so that the plan lists these policies. */
const IMPORTED = [
  "aws_iam_role.this",
  "aws_iam_role_policy_attachments_exclusive.this[0]",
  "aws_iam_role_policies_exclusive.this[0]",
];

function importBlocks(module: string, roleName: string): string[] {
  return IMPORTED.map(
    (address) => `import {\n  to = module.${module}.${address}\n  id = ${JSON.stringify(roleName)}\n}`,
  );
}

/** @param nameOf writes the name of a member. */
function members(nameOf: (key: string) => string): WriteMembers {
  const within = (key: string) => members(OWN_KEYS.includes(key) ? JSON.stringify : snakeCase);
  return (all, indent) =>
    aligned(
      all.map(([key, value]) => [nameOf(key), literal(value, indent, within(key))]),
      indent,
    );
}

/** Formatted like terraform fmt: the equals signs of consecutive single-line members are aligned. */
function aligned(all: readonly (readonly [string, string])[], indent: string): string {
  const groups: [key: string, text: string][][] = [];
  for (const [key, text] of all) {
    const last = groups.at(-1);
    if (last && ![last[0]?.[1], text].some((one) => one?.includes("\n"))) {
      last.push([key, text]);
    } else {
      groups.push([[key, text]]);
    }
  }
  return groups
    .map((group) => {
      const width = Math.max(...group.map(([key]) => key.length));
      return group.map(([key, text]) => `${indent}${key.padEnd(width)} = ${text}\n`).join("");
    })
    .join("");
}

import { snakeCase } from "../../modules/ecs-task-execution-role/aws/facts";
import type { DerivedRole } from "./derived-role";
import { quoted } from "./quoted";

/** The keys in these maps are the user's own, such as tag keys. */
const OWN_KEYS = ["tags", "managedPolicies"];

/** A role as a block of the Terraform module, with the import blocks for an existing role. */
export function asTerraform({ notes, changes, props, imports }: DerivedRole, name: string, source: string): string {
  const body = { source, ...props };
  const comments = [...notes, ...changes].map((comment) => `# ${comment}`);
  const module = [...comments, `module "${name}" ${value(body, "", false)}`].join("\n");
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

function value(of: unknown, indent: string, ownKeys: boolean): string {
  const inner = `${indent}  `;
  if (Array.isArray(of)) {
    return `[\n${of.map((one) => `${inner}${value(one, inner, false)},\n`).join("")}${indent}]`;
  }
  if (typeof of !== "object" || of === null) {
    return typeof of === "string" ? quoted(of) : String(of);
  }
  const members = Object.entries(of).map(([key, one]) => [
    ownKeys ? JSON.stringify(key) : snakeCase(key),
    value(one, inner, OWN_KEYS.includes(key)),
  ]);
  return members.length === 0 ? "{}" : `{\n${aligned(members as [string, string][], inner)}${indent}}`;
}

/** Formatted like terraform fmt: the equals signs of consecutive single-line members are aligned. */
function aligned(members: readonly (readonly [string, string])[], indent: string): string {
  const groups: (readonly [string, string])[][] = [];
  for (const member of members) {
    const last = groups.at(-1);
    const goesOn = last !== undefined && [last[0], member].every((one) => !one?.[1].includes("\n"));
    groups.splice(goesOn ? -1 : groups.length, 1, [...(goesOn ? last : []), member]);
  }
  return groups
    .map((group) => {
      const width = Math.max(...group.map(([key]) => key.length));
      return group.map(([key, text]) => `${indent}${key.padEnd(width)} = ${text}\n`).join("");
    })
    .join("");
}

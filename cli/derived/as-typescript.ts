import type { DerivedRole } from "./derived-role";

/** A role as a construct that adopts the existing role. */
export function asTypescript({ comments, props, imports }: DerivedRole, name: string): string {
  return [
    ...comments.map((comment) => `// ${comment}`),
    `const ${name} = new EcsTaskExecutionRole(this, "${name}", ${value(props, "")});`,
    ...(imports === undefined ? [] : [`${name}.adopt();`]),
  ].join("\n");
}

function value(of: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(of)) {
    return `[\n${of.map((one) => `${inner}${value(one, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof of !== "object" || of === null) {
    return JSON.stringify(of);
  }
  const members = Object.entries(of).map(([key, one]) => `${inner}${keyOf(key)}: ${value(one, inner)},\n`);
  return members.length === 0 ? "{}" : `{\n${members.join("")}${indent}}`;
}

const keyOf = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key));

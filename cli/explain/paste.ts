import { WIDTH } from "./labeled";
import { FIELDS, type Field, type Statement, withSuffix } from "./model/fields";
import type { Cause } from "./model/known-reason";
import type { Reason } from "./model/stopped-reason";

/** The field with the resource, in both languages, and the statements for a role that this module did not create. */
export function toPaste({ field }: Cause, { values }: Reason): string[] {
  if (!field) {
    return [];
  }
  const { value, isSwitch, inDefinitions, statements }: Field = FIELDS[field];
  const arn = value ? values[value] : "";
  if (arn === undefined || (value && !arn.startsWith("arn:"))) {
    return [];
  }
  const given = value === "secret" ? withSuffix(arn) : arn;
  const set = isSwitch ? "true" : `["${given}"]`;
  return [
    ...inWidth(`  Terraform:  access = { ${snakeCase(field)} = ${set} }`),
    ...inWidth(`  TypeScript: access: { ${field}: ${set} }`),
    inDefinitions
      ? "  If access contains the container definitions, correct them instead."
      : "  Container definitions do not show it: add the field next to them.",
    "  A role that this module did not create needs this in a policy:",
    statements(given).map(inLines).join(",\n"),
  ];
}

/** A long ARN has a line of its own. */
const inWidth = (line: string) => (line.length <= WIDTH ? [line] : line.replace("[", "[\n    ").split("\n"));

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** One line for each element. */
function inLines(statement: Statement): string {
  const lines = Object.entries(statement).map(([key, value]) => `"${key}": ${spaced(value)}`);
  return `    { ${lines.join(",\n      ")} }`;
}

const spaced = (value: unknown) => JSON.stringify(value).replaceAll('","', '", "');

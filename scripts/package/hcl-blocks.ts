import { indent, layOut, partsOfTemplate, withEqualSigns } from "./hcl-expression";

/** A body in Terraform's JSON syntax. */
export type Body = Readonly<Record<string, unknown>>;

/** The maximum line length, except for a line with a longer string. */
const WIDTH = 120;

/** The nested members of a body that are blocks. All others are values. */
const BLOCKS = [
  "required_providers",
  "validation",
  "lifecycle",
  "precondition",
  "statement",
  "principals",
  "condition",
  "content",
];

/** The type of a variable, which the JSON syntax writes as a string. */
const TYPE = /^(string|number|bool|any|(list|map|set|object)\(.*\))$/s;

/** A block in HCL, its comment above it. */
export function block(header: string, { "//": comment, ...body }: Body, room = WIDTH): string {
  const text = `${header} {\n${indent(members(body, room - 2))}}\n`;
  return comment ? `# ${comment}\n${text}` : text;
}

function members(body: Body, room: number): string {
  const lines = Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (name === "dynamic") {
        return nested(value as Body, room, (label) => `dynamic "${label}"`);
      }
      // The condition of a check is an expression, the condition of a statement is a block.
      return BLOCKS.includes(name) && typeof value !== "string"
        ? nested({ [name]: value }, room, (label) => label)
        : attribute(name, value, room);
    });
  return lines.map((line, at) => (at > 0 && isBlock(line) ? `\n${line}` : line)).join("");
}

function isBlock(lines: string): boolean {
  return /^(# .*\n)?[a-z_]+( "\w+")? \{$/m.test(lines.split("\n").slice(0, 2).join("\n"));
}

function nested(blocks: Body, room: number, header: (name: string) => string): string {
  return Object.entries(blocks)
    .flatMap(([name, bodies]) => [bodies].flat().map((body) => [name, body as Body] as const))
    .map(([name, body]) => block(header(name), body, room))
    .join("\n");
}

function attribute(name: string, value: unknown, room: number): string {
  const expression = withEqualSigns(expressionOf(name, value, room));
  return `${name} = ${name === "description" ? expression : layOut(expression, room - name.length - 3)}\n`;
}

function expressionOf(name: string, value: unknown, room: number): string {
  if (name === "depends_on") {
    return `[${(value as string[]).join(", ")}]`;
  }
  return name === "type" && TYPE.test(String(value)) ? String(value) : valueText(value, room);
}

/** A value of the JSON syntax as an expression. */
function valueText(value: unknown, room: number): string {
  if (typeof value === "string") {
    return templateText(value, room);
  }
  if (Array.isArray(value)) {
    return `[${value.map((one) => valueText(one, room)).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${key} = ${valueText(one, room)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return String(value);
}

/** A template that is a single expression becomes that expression. A long one becomes a join of its parts. */
function templateText(template: string, room: number): string {
  const parts = partsOfTemplate(template);
  const [only] = parts;
  if (parts.length === 1 && only?.expression !== undefined) {
    return only.expression;
  }
  const text = quotedText(template, parts);
  return text.length <= room || parts.length <= 1
    ? text
    : `join("", [${parts.flatMap(({ literal, expression }) => expression ?? wrapped(literal ?? "", room)).join(", ")}])`;
}

function quotedText(template: string, parts: ReturnType<typeof partsOfTemplate>): string {
  return parts.length === 0
    ? JSON.stringify(template)
    : `"${parts.map(({ literal, expression }) => (expression === undefined ? JSON.stringify(literal).slice(1, -1) : `\${${expression}}`)).join("")}"`;
}

/** Splits a text into strings that fit, between words. */
function wrapped(text: string, room: number): string[] {
  const most = room - 12;
  return (text.match(new RegExp(`.{1,${most}}(?: |$)|.{${most}}`, "g")) ?? [text]).map((one) => JSON.stringify(one));
}

/*
 * A template is a text as a synthesized stack has it, with `${...}` for what Terraform puts in.
 */

// An expression may hold braces itself, so all from the first to the last is one.
const EXPRESSION = /\$\{.*\}/s;

/** A template of which nothing is known. */
export const UNKNOWN = "${unknown}";

/** Puts in what is known, under its name. */
export function fill(template: string, known: Readonly<Record<string, string>>): string {
  return Object.entries(known).reduce((text, [name, value]) => text.replaceAll(`\${${name}}`, value), template);
}

/** Whether a text may be what Terraform makes of a template: any text without wildcards may stand for what it puts in. */
export function matcher(template: string): (text: string) => boolean {
  const pattern = new RegExp(`^${template.split(EXPRESSION).map(escaped).join("[^*?]*")}$`, "s");
  return (text) => pattern.test(text);
}

export function isTemplate(text: string): boolean {
  return EXPRESSION.test(text);
}

/** What a template has besides expressions. */
export function fixedText(template: string): string {
  return template.split(EXPRESSION).join("");
}

/** What a template begins with. */
export function startOf(template: string): string {
  return template.split("${")[0] ?? "";
}

/** Whether a template is the ARN of a resource or data source, which is whole and has no wildcard. */
export function isAttributeArn(template: string): boolean {
  return /^\$\{(data\.)?aws_\w+\.[\w-]+\.arn\}$/.test(template);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

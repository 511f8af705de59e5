/*
 * A template is a text in a synthesized stack, with `${...}` for values that Terraform substitutes.
 */

// An expression can contain braces, so everything from the first to the last counts as one expression.
const EXPRESSION = /\$\{.*\}/s;

/** A template without any known part. */
export const UNKNOWN = "${unknown}";

/** Whether a text can come from a template: an expression matches any text without wildcards. */
export function matcher(template: string): (text: string) => boolean {
  const pattern = new RegExp(`^${template.split(EXPRESSION).map(escaped).join("[^*?]*")}$`, "s");
  return (text) => pattern.test(text);
}

export function isTemplate(text: string): boolean {
  return EXPRESSION.test(text);
}

/** A template without the text around its expressions. */
export function onlyExpression(template: string): string {
  return template.match(EXPRESSION)?.[0] ?? "";
}

/** The text of a template outside its expressions. */
export function fixedText(template: string): string {
  return template.split(EXPRESSION).join("");
}

/** The text of a template before its first expression. */
export function startOf(template: string): string {
  return template.split("${")[0] ?? "";
}

/** Whether a template is the ARN of a resource or data source, which is complete and has no wildcard. */
export function isAttributeArn(template: string): boolean {
  return /^\$\{(data\.)?aws_\w+\.[\w-]+\.arn\}$/.test(template);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/*
 * A template is a text as a synthesized stack has it, with `${...}` for what Terraform puts in.
 */

/** Puts in what is known, under its name. */
export function fill(template: string, known: Readonly<Record<string, string>>): string {
  return Object.entries(known).reduce((text, [name, value]) => text.replaceAll(`\${${name}}`, value), template);
}

/** Whether a text may be what Terraform makes of a template: any text without wildcards may stand for what it puts in. */
export function matcher(template: string): (text: string) => boolean {
  // An expression may hold braces itself, so all from the first to the last is one.
  const pattern = new RegExp(`^${template.split(EXPRESSION).map(escaped).join("[^*?]*")}$`, "s");
  return (text) => pattern.test(text);
}

export function isTemplate(text: string): boolean {
  return EXPRESSION.test(text);
}

const EXPRESSION = /\$\{.*\}/s;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

import type { ExpectedStatement } from "./policies/expected-statement";
import { UNKNOWN } from "./policies/template";

/** What a statement reaches: ARNs, and for values that are known after apply, the resources that they come from. */
export function reachedBy({ actions, resources: { known, unknown } }: ExpectedStatement): string[] {
  const services = new Set(actions.map((action) => action.split(":")[0]));
  const names = [...known, ...unknown.filter((text) => text !== UNKNOWN).flatMap(resourcesIn)];
  return [...new Set(names.map(readable))].filter((name) =>
    OWNERS.every(([type, service]) => services.has(service) || !type.test(name)),
  );
}

/** A list in a container definition can contain secrets and parameters, but a statement covers only one of them. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/^(data\.)?aws_secretsmanager_/, "secretsmanager"],
  [/^(data\.)?aws_ssm_/, "ssm"],
];

const REFERENCE = /(?:data\.)?(?:aws_\w+|terraform_remote_state)\.[\w-]+(?:\.outputs\.[\w-]+)?|\bvar\.[\w-]+/g;

/** Data sources for the role's location, which are not what a statement reaches. */
const LOCATION = /^data\.aws_(partition|caller_identity|region)\./;

/** The resources and variables in a template. */
function resourcesIn(template: string): string[] {
  const found = (template.match(REFERENCE) ?? []).filter((one) => !LOCATION.test(one));
  return found.length > 0 ? found : [template];
}

/** A text with short names for the Region and for resources. */
function readable(text: string): string {
  return text
    .replaceAll(/\$\{data\.aws_region\.[\w-]+\.\w+\}/g, "${region}")
    .replace(/^\$\{(.*)\}$/s, "$1")
    .replace(/^((?:data\.)?aws_\w+\.[\w-]+)\.arn$/, "$1")
    .replace(/^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\./, "$1: ")
    .replaceAll('"', "'");
}

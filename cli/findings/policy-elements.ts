/** The types of principals. */
const PRINCIPALS = ["AWS", "Service", "Federated", "CanonicalUser"];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function principalViolation(principal: unknown): string | undefined {
  if (principal === "*") {
    return undefined;
  }
  const entries = Object.entries(typeof principal === "object" && principal !== null ? principal : {});
  const isName = (type: string) => (name: unknown) =>
    typeof name === "string" && (type === "AWS" && name === "*" ? true : name !== "" && !/[*?]/.test(name));
  const wrong = entries.find(([type, names]) => {
    const all = [names].flat();
    return !PRINCIPALS.includes(type) || all.length === 0 || !all.every(isName(type));
  });
  if (entries.length === 0 || Array.isArray(principal)) {
    return "Principal names nobody";
  }
  return wrong && `Principal has ${wrong[0]} ${JSON.stringify(wrong[1])}`;
}

/** `arn:`, a partition, and a service without wildcards. The rest can be missing. */
const RESOURCE = /^arn:(aws(?:-[a-z-]+)?|[a-z*?-]*[*?][a-z*?-]*):([^:*?]+)(?::|$)/;

/** Variables that stand before the fifth colon. */
const EARLY_VARIABLE = /^(?:[^:]*:){0,4}[^:]*\$\{/;

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse
 */
export function resourceViolation(resource: string): string | undefined {
  if (resource === "*") {
    return undefined;
  }
  if (!RESOURCE.test(resource)) {
    return `${resource} is not * and not an ARN with a partition and a service`;
  }
  return EARLY_VARIABLE.test(resource) ? `${resource} has a variable before its fifth colon` : undefined;
}

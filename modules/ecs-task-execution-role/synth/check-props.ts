import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import type { Wording } from "../permissions/facts";
import type { Violation } from "../rules/rule";
import { violationText } from "../rules/rule";
import { RULES } from "../rules/rules";
import { isExpression, unmark } from "../unknown";
import { type Containers, readContainers } from "./read-containers";
import { violationsOf } from "./violations";

/**
 * Checks a role's props against every rule.
 *
 * @returns the container definitions that were read.
 * @throws Error with the construct path and every violation: its input, value, rule and fix.
 */
export function checkProps(constructPath: string, given: EcsTaskExecutionRoleProps): Containers {
  // JavaScript users can pass null for an omitted prop.
  const props = { ...given, access: given.access ?? undefined, trust: given.trust ?? undefined };
  const containers = readContainers(props.access?.containerDefinitions);
  const violations = RULES.flatMap((rule) =>
    violationsOf(rule, props, containers).map(
      (violation) => `  - ${violationText(violation.input, show(violation), rule)}`,
    ),
  );
  if (violations.length === 0) {
    return containers;
  }
  throw new Error(
    [`EcsTaskExecutionRole "${constructPath}" has invalid input; nothing was added to the stack:`, ...violations].join(
      "\n",
    ),
  );
}

/**
 * The import ID of the role to adopt, which is its name.
 *
 * @throws Error if the name is missing or unknown.
 */
export function nameToAdopt(constructPath: string, { roleName }: EcsTaskExecutionRoleProps): string {
  if (roleName === undefined || isExpression(roleName)) {
    const got = roleName === undefined ? "nothing" : show({ input: "roleName", got: roleName });
    throw new Error(
      `EcsTaskExecutionRole "${constructPath}" cannot be adopted: ${violationText("roleName", got, ADOPTABLE)}`,
    );
  }
  return roleName;
}

const ADOPTABLE: Wording = {
  must: "be the name of the existing role, known at synth",
  fix: "write the name that the IAM console shows",
};

const EXCERPT = 160;

/** Errors never show a long string in full, because it could contain confidential values. */
function excerpt(text: string): string {
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}...` : text;
}

function show(violation: Violation): string {
  if ("shown" in violation) {
    return violation.shown;
  }
  const got = unmark(violation.got);
  if (typeof got === "string") {
    const { length } = [...got];
    return `${excerpt(JSON.stringify(got))} (${length} ${length === 1 ? "character" : "characters"})`;
  }
  try {
    return typeof got === "number" ? String(got) : excerpt(String(JSON.stringify(got)));
  } catch {
    // For example, a whole resource instead of one of its attributes.
    return `a ${(got as object).constructor.name}`;
  }
}

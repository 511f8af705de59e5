import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import type { Offender, Wording } from "../rules/rule";
import { faultText } from "../rules/rule";
import { RULES } from "../rules/rules";
import { isUnknown } from "../unknown";
import { type Containers, readContainers } from "./containers";
import { offendersOf } from "./offenders";

/**
 * Holds the props of one role against every rule.
 *
 * @returns the container definitions as they were read.
 * @throws Error with all faults of the role: its construct path, and for each fault the input,
 * the value got, the rule and the fix.
 */
export function checkProps(constructPath: string, given: EcsTaskExecutionRoleProps): Containers {
  // Without types, null is written for what is not given.
  const props = { ...given, access: given.access ?? undefined, trust: given.trust ?? undefined };
  const containers = readContainers(props.access?.containerDefinitions);
  const faults = RULES.flatMap((rule) =>
    offendersOf(rule, props, containers).map((offender) => `  - ${faultText(offender.input, show(offender), rule)}`),
  );
  if (faults.length === 0) {
    return containers;
  }
  throw new Error(
    [`EcsTaskExecutionRole "${constructPath}" has invalid input; nothing was added to the stack:`, ...faults].join(
      "\n",
    ),
  );
}

/**
 * The name by which Terraform finds a role that is to be adopted.
 *
 * @throws Error if there is none that is known.
 */
export function nameToAdopt(constructPath: string, { roleName }: EcsTaskExecutionRoleProps): string {
  if (roleName === undefined || isUnknown(roleName)) {
    const got = roleName === undefined ? "nothing" : show({ input: "roleName", got: roleName });
    throw new Error(
      `EcsTaskExecutionRole "${constructPath}" cannot be adopted: ${faultText("roleName", got, ADOPTABLE)}`,
    );
  }
  return roleName;
}

const ADOPTABLE: Wording = {
  must: "be the name of the existing role, known at synth",
  fix: "write the name that the IAM console shows",
};

const EXCERPT = 160;

/** No error shows a whole text: it could hold what is nobody's business. */
function excerpt(text: string): string {
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}...` : text;
}

function show(offender: Offender): string {
  if ("shown" in offender) {
    return offender.shown;
  }
  const { got } = offender;
  if (typeof got === "string") {
    const { length } = [...got];
    return `${excerpt(JSON.stringify(got))} (${length} ${length === 1 ? "character" : "characters"})`;
  }
  try {
    return typeof got === "number" ? String(got) : excerpt(String(JSON.stringify(got)));
  } catch {
    // Such as a whole resource in the place of one of its attributes.
    return `a ${(got as object).constructor.name}`;
  }
}

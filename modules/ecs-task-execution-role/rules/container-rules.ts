import { KINDS, type Kind } from "../aws/container-fields";
import { offendersInTerraform } from "../hcl/containers";
import { containersOf, valuesOf } from "../synth/containers";
import { isUnknown } from "../unknown";
import { matches, type Rule, type Wording } from "./rule";

const INPUT = "access.containerDefinitions";

/** The containers that the variable of the Terraform module holds, in Terraform's language. */
export const CONTAINERS_OF_VARIABLE = "try(flatten([jsondecode(var.access.container_definitions)]), [])";

const CHECKED = (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== "newLogGroup");

const READABLE: Wording = {
  must: "be an array of container definitions, or its JSON",
  fix: "hand over what the task definition gets",
};

/** The limits on container definitions; each fault names the container and the field. */
export const CONTAINER_RULES: readonly Rule[] = [
  {
    ...READABLE,
    offenders: ({ access }) =>
      containersOf(access?.containerDefinitions)
        .filter((one) => !isUnknown(one) && (typeof one !== "object" || one === null || Array.isArray(one)))
        .map((got) => ({ input: INPUT, got })),
    terraform: {
      input: "access.container_definitions",
      condition:
        "try(var.access.container_definitions, null) == null || can([for container in jsondecode(var.access.container_definitions) : keys(container)])",
      got: "try(var.access.container_definitions, null)",
    },
  },
  ...CHECKED.map((kind): Rule => {
    const { patterns, ...wording } = KINDS[kind];
    return {
      ...wording,
      offenders: ({ access }) =>
        valuesOf(access?.containerDefinitions)
          .filter((found) => found.kind === kind && !isUnknown(found.value))
          .filter(({ value }) => !patterns.some((pattern) => matches(pattern, value)))
          .map(({ field, value }) =>
            value === undefined ? { input: INPUT + field, shown: "nothing" } : { input: INPUT + field, got: value },
          ),
      terraform: checkInTerraform(kind, CONTAINERS_OF_VARIABLE),
    };
  }),
];

/** What Terraform checks of definitions that only it can read. */
export function containerChecks(containers: string) {
  return CHECKED.map((kind) => ({
    ...checkInTerraform(kind, containers),
    input: INPUT,
    wording: KINDS[kind] as Wording,
  }));
}

function checkInTerraform(kind: Kind, containers: string) {
  const got = offendersInTerraform(kind, KINDS[kind].patterns, containers);
  return { input: "access.container_definitions", condition: `length(${got}) == 0`, got };
}

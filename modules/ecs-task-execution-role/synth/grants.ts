import type { TaskExecutionAccess } from "../inputs/access";
import {
  type GrantField,
  type Grants,
  LIST_FIELD_NAMES,
  type ListFieldName,
  SECRET_REFERENCE,
  SWITCHES,
} from "../permissions/access-fields";
import { DERIVATIONS, type TaskLocation } from "../permissions/container-grants";
import { guardDutyRepository } from "../permissions/resource-arns";
import { asList, isUnknown } from "../unknown";
import { applies, type Containers, readContainers } from "./read-containers";
import { asDefinitions } from "./read-definitions";

/** Every known ARN that `access` grants, including those that its container definitions grant. */
export function grantsOf(
  access: TaskExecutionAccess,
  location: TaskLocation,
  containers = readContainers(access.containerDefinitions),
): Grants {
  const derived = derivedFrom(containers, location);
  const all = (field: ListFieldName) => [...asList(access[field]).filter((arn) => !isUnknown(arn)), ...derived(field)];
  const lists = Object.fromEntries(LIST_FIELD_NAMES.map((field) => [field, all(field)])) as Record<
    ListFieldName,
    string[]
  >;
  return {
    ...lists,
    guardDutyAgent: access.guardDutyAgent ? [guardDutyRepository(location.partition)] : [],
    createLogGroups: [...derived("createLogGroups"), ...(access.createLogGroups ? lists.logGroups : [])],
    referencedSecrets: lists.parameters.filter((arn) => SECRET_REFERENCE.test(arn)),
  };
}

/** The fields to which an unknown value can add ARNs. */
export function unknownFields(access: TaskExecutionAccess, { values }: Containers): ReadonlySet<GrantField> {
  const fields = new Set<GrantField>([
    ...LIST_FIELD_NAMES.filter((field) => asList(access[field]).some(isUnknown)),
    ...DERIVATIONS.filter((one) => values.some((value) => applies(one, value) === undefined)).map(
      ({ grants }) => grants,
    ),
  ]);
  if (access.createLogGroups && fields.has("logGroups")) {
    fields.add("createLogGroups");
  }
  // A parameter can refer to a secret.
  return fields.has("parameters") ? fields.add("referencedSecrets") : fields;
}

function derivedFrom({ values }: Containers, location: TaskLocation) {
  const derived = values.flatMap((one) =>
    DERIVATIONS.flatMap((derivation) => {
      const { grants, pattern, arn } = derivation;
      const match = applies(derivation, one) && typeof one.value === "string" ? one.value.match(pattern) : null;
      const [, first = "", second = "", third = ""] = match ?? [];
      return match ? { grants, arn: arn([first, second, third], location, one.settings) } : [];
    }),
  );
  return (field: GrantField): string[] => derived.filter(({ grants }) => grants === field).map(({ arn }) => arn);
}

/** Combines what both grant. */
export function mergeAccess(one: TaskExecutionAccess, other: TaskExecutionAccess): TaskExecutionAccess {
  const definitions = [one, other].flatMap((access) => asDefinitions(access.containerDefinitions));
  return {
    ...one,
    ...other,
    ...Object.fromEntries(
      LIST_FIELD_NAMES.filter((field) => one[field] ?? other[field]).map((field) => [
        field,
        [...asList(one[field]), ...asList(other[field])],
      ]),
    ),
    ...Object.fromEntries(SWITCHES.map((field) => [field, one[field] || other[field]])),
    ...(definitions.length > 0 && { containerDefinitions: definitions }),
  };
}

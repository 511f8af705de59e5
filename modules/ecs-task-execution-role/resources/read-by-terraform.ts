import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Precondition, TerraformHclModule, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { TaskExecutionAccess } from "../inputs/access";
import { type GrantField, LIST_FIELD_NAMES } from "../permissions/access-fields";
import type { FormatName } from "../permissions/container-fields";
import type { TaskLocation } from "../permissions/container-grants";
import { ACCESS_FACTS, snakeCase } from "../permissions/facts";
import { PERMISSIONS } from "../permissions/permissions";
import { dependsOn } from "../synth/access-statements";
import { type Containers, isInside, uncheckedFormats } from "../synth/read-containers";
import { asList, isUnknown } from "../unknown";
import { accessToRead } from "./access-to-read";
import { labelOf, noViolations } from "./let-terraform-check";
import { addressOf } from "./references";
import { callSubmodule } from "./submodule";

interface Reading {
  readonly rolePath: string;
  readonly access: TaskExecutionAccess;
  readonly containers: Containers;
  /** The fields that contain unknown ARNs. */
  readonly unknown: ReadonlySet<GrantField>;
  readonly location: TaskLocation;
  /** The Sids of the statements that the construct writes. */
  readonly known: readonly string[];
  readonly provider?: TerraformProvider;
}

interface ReadByTerraform {
  /** The policy documents with the statements that depend on unknown values. */
  readonly documents: string[];
  readonly checks: readonly Precondition[];
}

/** Lets Terraform read the part of `access` that depends on values unknown at synth. */
export function readByTerraform(policy: Construct, { provider, ...reading }: Reading): ReadByTerraform {
  const { rolePath, access, containers, unknown, location, known } = reading;
  const unchecked = uncheckedFormats(containers);
  if (unknown.size === 0 && unchecked.length === 0) {
    return { documents: [], checks: [] };
  }
  const permissions = PERMISSIONS.filter((one) => dependsOn(one, unknown));
  const module = callSubmodule(policy, "statements", "access", {
    role: { label: labelOf(rolePath), ...location, ...(known.length > 0 && { known }) },
    access: accessToRead(access, containers, permissions, unchecked),
  });
  // A policy must have a statement, so the first group has NothingNeeded if there is no other.
  const fallback = known.length === 0 ? PERMISSIONS.slice(0, 1) : [];
  const hasConditions = permissions.some(
    ({ condition }) =>
      condition?.values ?? LIST_FIELD_NAMES.some((field) => field === condition?.from?.field && access[field]),
  );
  const groups = [...new Set([...fallback, ...permissions].map(({ group }) => group))];
  return {
    documents: groups.length > 0 ? documentsOf(policy, module, groups, hasConditions, provider) : [],
    checks: violationGroups(reading, unchecked).map((group) => noViolations(module, group)),
  };
}

const CONDITION = {
  for_each: "${statement.value.conditions}",
  content: {
    test: "${condition.value.test}",
    variable: "${condition.value.variable}",
    values: "${condition.value.values}",
  },
};

/** One policy document per group: a plan hides those with unknown statements and shows the others. */
function documentsOf(
  policy: Construct,
  module: TerraformHclModule,
  groups: readonly string[],
  hasConditions: boolean,
  provider?: TerraformProvider,
): string[] {
  const id = "groups";
  const found = policy.node.tryFindChild(id) as DataAwsIamPolicyDocument | undefined;
  const documents = found ?? new DataAwsIamPolicyDocument(policy, id, { provider });
  documents.addOverride("for_each", Object.fromEntries(groups.map((group) => [group, group])));
  documents.addOverride("dynamic.statement", {
    for_each: `\${module.${module.friendlyUniqueId}.statements[each.key]}`,
    content: {
      sid: "${statement.value.sid}",
      actions: "${statement.value.actions}",
      resources: "${statement.value.resources}",
      ...(hasConditions && { dynamic: { condition: CONDITION } }),
    },
  });
  return groups.map((group) => `\${${addressOf(documents)}["${group}"].json}`);
}

/** The groups in which the module reports violations of unknown values. */
function violationGroups({ access, containers, known }: Reading, unchecked: readonly FormatName[]): string[] {
  const lists = LIST_FIELD_NAMES.filter((field) => asList(access[field]).some(isUnknown));
  // Lists and container definitions can turn out to be empty.
  const mayBeEmpty = known.length === 0 && lists.length > 0;
  const subjects = containers.values.some(isInside) || mayBeEmpty ? ["structure"] : [];
  const checked = new Set([...lists, ...unchecked, ...subjects].map(snakeCase));
  return Object.entries(ACCESS_FACTS.groups).flatMap(([group, names]) =>
    names.some((name) => checked.has(name)) ? group : [],
  );
}

import { GRANT_FIELDS, type GrantField } from "./grants";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "./permissions";

/** Where Terraform finds what a policy gives. */
export interface InTerraform {
  /** An expression for the list of a field's ARNs. */
  readonly listOf: (field: GrantField) => string;
  /** An expression for whether ECS may pull GuardDuty's agent. */
  readonly guardDutyAgent: string;
  /** The partition, as an interpolation. */
  readonly partition: string;
}

/**
 * The statements, where only Terraform can tell which of them there are: the list that each iterates
 * over has one element or none.
 */
export function dynamicStatements(where: InTerraform) {
  const { listOf, guardDutyAgent } = where;
  const isNothing = `length(concat(${GRANT_FIELDS.map(listOf).join(", ")})) == 0 && !${guardDutyAgent}`;
  const { resources, ...nothing } = NOTHING_NEEDED;
  const statements = PERMISSIONS.map((permission) => {
    const { sid, actions, condition } = permission;
    const { resources, given } = resourcesOf(permission, where);
    return {
      for_each: `\${[for resources in [${resources}] : resources if ${given}]}`,
      content: {
        sid,
        actions,
        resources: "${statement.value}",
        ...(condition && { condition: [condition] }),
      },
    };
  });
  return [
    ...statements,
    {
      for_each: `\${[for resources in [${JSON.stringify(resources)}] : resources if ${isNothing}]}`,
      content: { ...nothing, resources: "${statement.value}" },
    },
  ];
}

function resourcesOf({ givenBy, resources }: Permission, { listOf, guardDutyAgent, partition }: InTerraform) {
  const lists = givenBy.filter((field) => field !== "guardDutyAgent").map(listOf);
  const arns = lists.length === 1 ? lists[0] : `concat(${lists.join(", ")})`;
  const given = [
    ...(lists.length === 0 ? [] : [`length(${arns}) > 0`]),
    ...(givenBy.includes("guardDutyAgent") ? [guardDutyAgent] : []),
  ].join(" || ");
  return {
    resources:
      "fixed" in resources
        ? `["${resources.fixed(partition)}"]`
        : `flatten([for arn in ${arns} : ${resources.terraform("arn")}])`,
    given,
  };
}

import { GRANT_FIELDS } from "../../../modules/ecs-task-execution-role/permissions/access-fields";
import type { TaskLocation } from "../../../modules/ecs-task-execution-role/permissions/container-grants";
import { CouldNotCheck } from "../../could-not-check";
import { componentsOf, isOnlyFargate, type Task } from "../../needs/task";
import type { TaskWithRole } from "../../needs/task-with-role";
import type { UnknownField } from "../../needs/unknown-field";
import { changedPoliciesIn } from "./changed-policies";
import { createdIn } from "./created";
import { isUnknown, type Plan, type PlanJson, type PlannedResource, planOf } from "./json/plan-json";
import { referredTo } from "./json/references";
import { waitsFor } from "./json/waits-for";
import { locationOf } from "./location";
import { isNamed, isSameAccount } from "./role/attachments";
import { changedRole, plannedRole, withPlannedPolicies } from "./role/role-after-apply";
import { connectLogsOf, perhapsLogsOf, perhapsServicesOf, servicesOf, unknownLogsOf } from "./services";
import { unknownVolumesOf, volumesOf } from "./volumes";

/** The task definitions in a plan, each with its role as it is after the plan, or as it is in the account. */
export async function tasksInPlan(json: PlanJson, region: () => Promise<string>): Promise<TaskWithRole[]> {
  if (json.errored) {
    throw new CouldNotCheck("Terraform could not finish the plan, so it does not show everything");
  }
  const plan = planOf(json);
  const definitions = plan.resources.filter(({ type }) => type === "aws_ecs_task_definition");
  return Promise.all(
    definitions.map(async (definition) => {
      try {
        const location = await locationOf(plan, definition, region);
        return taskWithRoleIn(plan, definition, location);
      } catch (error) {
        // A task definition that cannot be read does not affect the others.
        if (error instanceof CouldNotCheck) {
          return {
            task: { name: definition.address, services: [], location: NOWHERE, components: [] },
            notChecked: error.message,
          };
        }
        throw error;
      }
    }),
  );
}

const NOWHERE: TaskLocation = { partition: "", region: "", account: "" };

function taskWithRoleIn(plan: Plan, definition: PlannedResource, location: TaskLocation): TaskWithRole {
  const { values } = definition;
  const task = taskIn(plan, definition, location);
  const { execution_role_arn: roleArn } = values;
  if (typeof roleArn === "string") {
    const role = plan.resources.find(
      (one) => one.type === "aws_iam_role" && isNamed(one, roleArn) && isSameAccount(plan, one, definition),
    );
    const read = typeof role?.values.arn === "string" ? changedRole : plannedRole;
    return role
      ? { task, roleArn, planned: (roles) => read({ plan, role, roles }, location) }
      : { task, roleArn, adjusted: (is, roles) => withPlannedPolicies(plan, is, roles) };
  }
  if (!isUnknown(plan, definition, "execution_role_arn")) {
    return { task };
  }
  const [role, ...others] = referredTo(plan, definition, "execution_role_arn", "aws_iam_role");
  if (!role || others.length > 0) {
    const unknown = [...(task.unknown ?? []), unknownArgument(plan, definition, "execution_role_arn")];
    return { task: { ...task, unknown }, isRoleUnknown: true };
  }
  return { task, roleArn: role.address, planned: (roles) => plannedRole({ plan, role, roles }, location) };
}

/** The task, with what is known of it. */
function taskIn(plan: Plan, definition: PlannedResource, location: TaskLocation): Task {
  const { address: name, values } = definition;
  const { container_definitions: containers } = values;
  const services = servicesOf(plan, definition);
  const unknown = [
    ...(typeof containers === "string" ? [] : [unknownArgument(plan, definition, "container_definitions")]),
    ...unknownVolumesOf(plan, definition),
    ...services.flatMap((service) => unknownLogsOf(plan, service)),
    ...perhapsServicesOf(plan, definition).flatMap((service) => perhapsLogsOf(plan, service)),
  ];
  const known = {
    containerDefinitions: typeof containers === "string" ? JSON.parse(containers) : [],
    volumes: volumesOf(plan, definition),
  };
  const logs = services.flatMap((service) => connectLogsOf(plan, service));
  return {
    name,
    services: services.map(({ address }) => address),
    location,
    isPlanned: true,
    components: componentsOf(known, location, logs),
    created: createdIn(plan, definition, location),
    changedPolicies: changedPoliciesIn(plan),
    unknown,
    isFargate: isOnlyFargate(values.requires_compatibilities),
  };
}

function unknownArgument(plan: Plan, definition: PlannedResource, argument: string): UnknownField {
  return {
    container: "task",
    field: argument,
    waitsFor: waitsFor(plan, definition, argument),
    mayNeed: GRANT_FIELDS,
  };
}

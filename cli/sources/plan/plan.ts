import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import { CouldNotCheck } from "../../could-not-check";
import type { Found } from "../../needs/found";
import { isOnlyFargate, partsOf } from "../../needs/task";
import { createdIn } from "./created";
import { locationOf } from "./location";
import { afterUnknown, type PlanJson, type PlannedResource, plannedResources } from "./plan-json";
import { changedRole, plannedRole, withPlannedPolicies } from "./planned-role";
import { referredTo } from "./references";
import { connectLogsOf, servicesOf } from "./services";

/** The task definitions in a plan, each with its role as it is after the plan, or as it is in the account. */
export async function ofPlan(plan: PlanJson, file: string, region: () => Promise<string>): Promise<Found[]> {
  const all = plannedResources(plan);
  const definitions = all.filter(({ type }) => type === "aws_ecs_task_definition");
  if (definitions.length === 0) {
    throw new CouldNotCheck(`the plan in ${file} has no aws_ecs_task_definition`);
  }
  return Promise.all(
    definitions.map(async (definition) => {
      try {
        return foundIn(plan, all, definition, await locationOf(plan, definition, region));
      } catch (error) {
        // A task definition that cannot be read does not affect the others.
        if (error instanceof CouldNotCheck) {
          return {
            task: { name: definition.address, services: [], location: NOWHERE, parts: [] },
            notChecked: error.message,
          };
        }
        throw error;
      }
    }),
  );
}

const NOWHERE: TaskLocation = { partition: "", region: "", account: "" };

function foundIn(
  plan: PlanJson,
  all: readonly PlannedResource[],
  definition: PlannedResource,
  location: TaskLocation,
): Found {
  const { address: name, values } = definition;
  if (typeof values.container_definitions !== "string") {
    throw new CouldNotCheck(`container_definitions of ${name} is not known until apply`);
  }
  const containerDefinitions = JSON.parse(values.container_definitions);
  const services = servicesOf(plan, all, definition);
  const logs = services.flatMap(connectLogsOf);
  const parts = partsOf({ containerDefinitions, volumes: volumesOf(values.volume) }, location, logs);
  const isFargate = isOnlyFargate((values.requires_compatibilities as string[] | null) ?? []);
  const task = {
    ...{ name, services: services.map(({ address }) => address), location, parts, isPlanned: true },
    created: createdIn(plan, all, definition, location),
    ...(isFargate && { isFargate }),
  };
  const { execution_role_arn: roleArn } = values;
  if (typeof roleArn === "string") {
    const role = all.find((one) => one.type === "aws_iam_role" && one.values.arn === roleArn);
    return role
      ? { task, roleArn, planned: (roles) => changedRole({ plan, all, role }, location, roles) }
      : { task, roleArn, adjusted: (is, roles) => withPlannedPolicies({ plan, all }, is, roles) };
  }
  if (!afterUnknown(plan, definition, "execution_role_arn")) {
    return { task };
  }
  const [role, ...others] = referredTo(plan, all, definition, "execution_role_arn", "aws_iam_role");
  if (!role || others.length > 0) {
    const which = role ? "may refer to one of several roles" : "refers to no role in this plan";
    throw new CouldNotCheck(`execution_role_arn of ${name} ${which}, so it is not known until apply`);
  }
  return { task, roleArn: role.address, planned: (roles) => plannedRole({ plan, all, role }, location, roles) };
}

/** The AWS provider's blocks have the names of the ECS API, in snake case. */
function volumesOf(blocks: unknown): TaskDefinition["volumes"] {
  return ((blocks as VolumeBlock[] | undefined) ?? []).map(
    ({ name, fsx_windows_file_server_volume_configuration: [fsx] = [] }) => ({
      name,
      ...(fsx && {
        fsxWindowsFileServerVolumeConfiguration: {
          fileSystemId: fsx.file_system_id,
          rootDirectory: "/",
          authorizationConfig: {
            credentialsParameter: fsx.authorization_config?.[0]?.credentials_parameter,
            domain: "",
          },
        },
      }),
    }),
  ) as TaskDefinition["volumes"];
}

interface VolumeBlock {
  readonly name: string;
  readonly fsx_windows_file_server_volume_configuration?: readonly {
    readonly file_system_id: string;
    readonly authorization_config?: readonly { readonly credentials_parameter: string }[];
  }[];
}

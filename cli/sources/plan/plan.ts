import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import { CouldNotCheck } from "../../could-not-check";
import type { Found } from "../../needs/found";
import { partsOf } from "../../needs/task";
import { type PlanJson, type PlannedResource, plannedResources, readResources } from "./plan-json";
import { changedRole, isUnknown, plannedRole } from "./planned-role";
import { referredTo } from "./references";

/** The task definitions of a plan, each with its role: as the plan leaves it, or else that of the account. */
export async function ofPlan(plan: PlanJson, file: string, region: () => Promise<string>): Promise<Found[]> {
  const all = plannedResources(plan);
  const definitions = all.filter(({ type }) => type === "aws_ecs_task_definition");
  if (definitions.length === 0) {
    throw new CouldNotCheck(`the plan in ${file} has no aws_ecs_task_definition`);
  }
  const location = await locationOf(plan, region);
  return definitions.map((definition) => foundOrNot(plan, all, definition, location));
}

/** What is known of one task definition does not depend on the others. */
function foundOrNot(...args: Parameters<typeof foundIn>): Found {
  try {
    return foundIn(...args);
  } catch (error) {
    if (error instanceof CouldNotCheck) {
      const [, , { address: name }, location] = args;
      return { task: { name, services: [], location, parts: [] }, notChecked: error.message };
    }
    throw error;
  }
}

function foundIn(
  plan: PlanJson,
  all: readonly PlannedResource[],
  definition: PlannedResource,
  location: TaskLocation,
): Found {
  const { address: name, values } = definition;
  if (typeof values.container_definitions !== "string") {
    throw new CouldNotCheck(`container_definitions of ${name} are known only after the apply`);
  }
  const containerDefinitions = JSON.parse(values.container_definitions);
  const parts = partsOf({ containerDefinitions, volumes: volumesOf(values.volume) }, location);
  const task = { name, services: [], location, parts, isPlanned: true };
  const { execution_role_arn: roleArn } = values;
  const [role, ...others] = referredTo(plan, all, definition, "execution_role_arn", "aws_iam_role");
  const isOne = role !== undefined && others.length === 0;
  if (typeof roleArn === "string") {
    return { task, roleArn, ...(isOne && { planned: (roles) => changedRole(plan, all, role, location, roles) }) };
  }
  if (!isUnknown(plan, definition, "execution_role_arn")) {
    return { task };
  }
  if (!isOne) {
    const which = role ? "may be one of several roles" : "comes from no role of this plan";
    throw new CouldNotCheck(`execution_role_arn of ${name} ${which}, so it is known only after the apply`);
  }
  return { task, roleArn: role.address, planned: (roles) => plannedRole(plan, all, role, location, roles) };
}

/** Blocks of the AWS provider are those of the ECS API in snake case. */
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

/** What a plan names of the account and the Region that it is for. */
async function locationOf(plan: PlanJson, region: () => Promise<string>): Promise<TaskLocation> {
  const read = readResources(plan).find(({ type }) => type === "aws_caller_identity");
  // Without that data source, the account is the one that the plan's ARNs name.
  const [, partition = "aws", inArn] =
    JSON.stringify(plan.planned_values).match(/arn:(aws[a-z-]*):[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}):/) ?? [];
  const account = read ? String(read.values.account_id) : inArn;
  if (account === undefined) {
    throw new CouldNotCheck(
      'the plan names no account; add data "aws_caller_identity" "current" {} to the configuration',
    );
  }
  const { aws } = plan.configuration.provider_config ?? {};
  const configured = aws?.expressions?.region?.constant_value;
  return { partition, account, region: typeof configured === "string" ? configured : await region() };
}

import type { LogConfiguration, TaskDefinition } from "@aws-sdk/client-ecs";
import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role/inputs/access";
import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import type { UnknownField } from "./unknown-field";

/** A component of a task that needs access: a container, a volume or the Service Connect proxy. */
export interface Component {
  readonly name: string;
  readonly access: TaskExecutionAccess;
  /** The log stream that it writes to, with an example task ID; `*` if its name is unknown. */
  readonly logStream?: string;
}

/** A task definition, and where it runs. */
export interface Task {
  /** FAMILY:REVISION, or its address in a plan. */
  readonly name: string;
  /** The services that run it. */
  readonly services: readonly string[];
  readonly location: TaskLocation;
  readonly components: readonly Component[];
  /** The fields that are not known. */
  readonly unknown?: readonly UnknownField[];
  /** Whether it is in a plan, which can create resources that do not exist yet. */
  readonly isPlanned?: boolean;
  /** The ARNs of what the same plan creates. */
  readonly created?: readonly string[];
  /** The ARNs or names of the resources whose policy the same plan changes. */
  readonly changedPolicies?: readonly string[];
  /** Whether it can run only on Fargate. */
  readonly isFargate?: boolean;
}

/** @param compatibilities the launch types that a task definition requires. */
export const isOnlyFargate = (compatibilities: unknown) =>
  Array.isArray(compatibilities) && compatibilities.length > 0 && compatibilities.every((one) => one === "FARGATE");

export type Definition = Pick<TaskDefinition, "containerDefinitions" | "volumes">;

/** The log configuration of the Service Connect proxy. */
interface ServiceLog {
  readonly service: string;
  readonly log: LogConfiguration;
}

/** The components of a task, with the logs that its services add. */
export function componentsOf(
  { containerDefinitions, volumes }: Definition,
  location: TaskLocation,
  serviceConnectLogs: readonly ServiceLog[] = [],
): Component[] {
  return [
    ...(containerDefinitions ?? []).map((container, at) => componentOf(container.name ?? String(at), container)),
    ...(volumes ?? []).flatMap(({ name = "", fsxWindowsFileServerVolumeConfiguration: fsx }) =>
      fsx ? [fileSystem(`volume ${name}`, fsx, location)] : [],
    ),
    // The proxy has the log configuration of a container.
    ...serviceConnectLogs.map(({ service, log }) =>
      componentOf(`Service Connect of ${service}`, { logConfiguration: log }),
    ),
  ];
}

function componentOf(name: string, container: Container): Component {
  const { logDriver, options } = container.logConfiguration ?? {};
  const prefix = options?.["awslogs-stream-prefix"];
  // Without a prefix, the stream has the container's ID in Docker as its name.
  const stream = prefix ? `${prefix}/${container.name ?? "ecs-service-connect"}/${TASK_ID}` : DOCKER_ID;
  return {
    name,
    access: { containerDefinitions: [{ name, ...container }] },
    ...(logDriver === "awslogs" && { logStream: stream }),
  };
}

type Container = Partial<NonNullable<Definition["containerDefinitions"]>[number]>;

const TASK_ID = "0123456789abcdef0123456789abcdef";
const DOCKER_ID = TASK_ID.repeat(2);

type Fsx = NonNullable<NonNullable<TaskDefinition["volumes"]>[number]["fsxWindowsFileServerVolumeConfiguration"]>;

/** Its credentials are a secret or a parameter, like those of a container. */
function fileSystem(name: string, { fileSystemId, authorizationConfig }: Fsx, location: TaskLocation): Component {
  const { partition, region, account } = location;
  const secrets = [{ valueFrom: authorizationConfig?.credentialsParameter }];
  return {
    name,
    access: {
      fsxFileSystems: [`arn:${partition}:fsx:${region}:${account}:file-system/${fileSystemId}`],
      containerDefinitions: [{ name, secrets }],
    },
  };
}

/** The partition, Region and account in a task definition's ARN. */
export function locationOf(arn: string): TaskLocation {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}

import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListServices,
  type Service,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { CouldNotCheck } from "../could-not-check";
import { cached } from "./cached";
import { readOnly } from "./clients";
import { groupsOf, itemsOf } from "./pages";

/** Reads task definitions and services from Amazon ECS; each task definition is read once. */
export interface Ecs {
  readonly client: ECSClient;
  /** @throws CouldNotCheck if it does not exist. */
  readonly taskDefinition: (nameOrArn: string) => Promise<TaskDefinition>;
}

export function ecsOfTheUser(): Ecs {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const client = readOnly("ecs", new ECSClient({}));
  return { client, taskDefinition: cached((name) => describeTaskDefinition(client, name)) };
}

async function describeTaskDefinition(client: ECSClient, name: string): Promise<TaskDefinition> {
  try {
    const { taskDefinition } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
    return taskDefinition ?? {};
  } catch (error) {
    throw unless(error, /^Client(Error|Exception)$/, `there is no task definition ${name} in this account and Region`);
  }
}

/** The maximum for DescribeServices. */
const SERVICES_AT_ONCE = 10;

/** @throws CouldNotCheck if a service does not exist. */
export async function describeServices(
  client: ECSClient,
  cluster: string,
  names: readonly string[],
): Promise<Service[]> {
  try {
    const answers = await Promise.all(
      groupsOf(SERVICES_AT_ONCE, names).map((services) =>
        client.send(new DescribeServicesCommand({ cluster, services: [...services] })),
      ),
    );
    const [failure] = answers.flatMap(({ failures = [] }) => failures);
    if (failure) {
      const name = failure.arn?.split("/").at(-1);
      throw new CouldNotCheck(`there is no service ${name} in cluster ${cluster} (${failure.reason})`);
    }
    return answers.flatMap(({ services = [] }) => services).filter(({ status }) => status !== "INACTIVE");
  } catch (error) {
    throw noSuchCluster(error, cluster);
  }
}

/** The ARNs of all services in a cluster. */
export async function listServices(client: ECSClient, cluster: string): Promise<string[]> {
  try {
    return await itemsOf(paginateListServices({ client, pageSize: 100 }, { cluster }), (page) => page.serviceArns);
  } catch (error) {
    throw noSuchCluster(error, cluster);
  }
}

/** The tasks that ECS still keeps; takes at most 100 ARNs. */
export async function describeTasks(client: ECSClient, cluster: string, arns: readonly string[]): Promise<Task[]> {
  try {
    const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: [...arns] }));
    return tasks;
  } catch (error) {
    throw noSuchCluster(error, cluster);
  }
}

function noSuchCluster(error: unknown, cluster: string): unknown {
  return unless(error, /^ClusterNotFound/, `there is no cluster ${cluster} in this account and Region`);
}

/** The error itself, or a CouldNotCheck if its name matches. */
function unless(error: unknown, name: RegExp, sentence: string): unknown {
  return name.test((error as Error).name) ? new CouldNotCheck(sentence) : error;
}

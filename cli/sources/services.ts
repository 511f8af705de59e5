import type { Deployment, Service, TaskDefinition } from "@aws-sdk/client-ecs";
import { describeServices, type Ecs, listServices } from "../aws-calls/ecs";
import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { type TaskWithRole, taskWithRole, type Use } from "../needs/task-with-role";
import { progress } from "../terminal";

/** The task definitions that the services of a cluster run. */
export async function tasksOfCluster(ecs: Ecs, cluster: string): Promise<TaskWithRole[]> {
  progress(`Listing the services of ${cluster} ...`);
  const arns = await listServices(ecs.client, cluster);
  if (arns.length === 0) {
    throw new CouldNotCheck(`cluster ${cluster} has no services`);
  }
  return tasksOfServices(ecs, await describeServices(ecs.client, cluster, arns));
}

/** The task definitions that one service runs. */
export async function tasksOfService(ecs: Ecs, clusterAndService: string): Promise<TaskWithRole[]> {
  const [cluster = "", service = "", ...rest] = clusterAndService.split("/");
  if (!cluster || !service || rest.length > 0) {
    throw new WrongUsage(`--service must be CLUSTER/SERVICE, not ${clusterAndService}`);
  }
  return tasksOfServices(ecs, await describeServices(ecs.client, cluster, [service]));
}

async function tasksOfServices(ecs: Ecs, services: readonly Service[]): Promise<TaskWithRole[]> {
  const uses = services.flatMap(usesOf);
  const arns = [...new Set(uses.map(({ taskDefinition }) => taskDefinition))];
  const definitions = await readDefinitions(ecs, arns);
  return definitions.map((definition, at) =>
    taskWithRole(
      definition,
      uses.filter(({ taskDefinition }) => taskDefinition === arns[at]),
    ),
  );
}

export function readDefinitions(ecs: Ecs, names: readonly string[]): Promise<TaskDefinition[]> {
  let read = 0;
  return Promise.all(
    names.map(async (name) => {
      const definition = await ecs.taskDefinition(name);
      read += 1;
      progress(`Read ${read} of ${names.length} task definitions`);
      return definition;
    }),
  );
}

/** During a deployment, a service runs several task definitions. */
export function usesOf({ serviceName: service = "", taskDefinition: current, ...more }: Service): Use[] {
  const { deployments = [], taskSets = [] } = more;
  const deployed = [...deployments, ...taskSets.map(({ taskDefinition }): Deployment => ({ taskDefinition }))].map(
    ({ taskDefinition = current, serviceConnectConfiguration: connect }) => ({
      taskDefinition,
      logs: [connect?.enabled ? connect.logConfiguration : undefined].flatMap((log) => log ?? []),
    }),
  );
  const all = deployed.length > 0 ? deployed : [{ taskDefinition: current, logs: [] }];
  return all.flatMap(({ taskDefinition, logs }) => (taskDefinition ? [{ taskDefinition, service, logs }] : []));
}

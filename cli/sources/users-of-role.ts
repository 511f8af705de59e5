import {
  type ECSClient,
  paginateListClusters,
  paginateListTaskDefinitionFamilies,
  paginateListTaskDefinitions,
  paginateListTasks,
  type Task,
} from "@aws-sdk/client-ecs";
import { describeServices, describeTasks, type Ecs, listServices } from "../aws-calls/ecs";
import { itemsOf } from "../aws-calls/pages";
import { type TaskWithRole, taskWithRole, type Use } from "../needs/task-with-role";
import { progress } from "../terminal";
import { readDefinitions, usesOf } from "./services";

/**
 * The task definitions that use a role: the latest active revision of each family, or all active revisions, and every
 * revision that a service or a running task uses.
 */
export async function usersOfRole(ecs: Ecs, roleArn: string, allRevisions: boolean): Promise<TaskWithRole[]> {
  progress(`Looking for task definitions that use ${roleArn} ...`);
  const { client } = ecs;
  const active = { status: "ACTIVE" } as const;
  // The name of a family refers to its latest active revision.
  const [listed, uses] = await Promise.all([
    allRevisions
      ? itemsOf(paginateListTaskDefinitions({ client }, active), (page) => page.taskDefinitionArns)
      : itemsOf(paginateListTaskDefinitionFamilies({ client }, active), (page) => page.families),
    usesNow(client),
  ]);
  const names = [...new Set([...listed, ...uses.map(({ taskDefinition }) => taskDefinition)])];
  const definitions = await readDefinitions(ecs, names);
  const users = definitions.filter(({ executionRoleArn }) => executionRoleArn === roleArn);
  const byArn = new Map(users.map((user) => [user.taskDefinitionArn ?? "", user]));
  return [...byArn]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([arn, user]) =>
      taskWithRole(
        user,
        uses.filter(({ taskDefinition, service }) => taskDefinition === arn && service !== ""),
      ),
    );
}

/** The task definitions that services and running tasks use in all clusters. A running task has no service here. */
async function usesNow(client: ECSClient): Promise<Use[]> {
  const clusters = await itemsOf(paginateListClusters({ client }, {}), (page) => page.clusterArns);
  const each = clusters.map(async (cluster) => {
    const [services, tasks] = await Promise.all([
      listServices(client, cluster).then((names) => describeServices(client, cluster, names)),
      runningTasks(client, cluster),
    ]);
    const running = tasks.map(({ taskDefinitionArn = "" }) => ({
      taskDefinition: taskDefinitionArn,
      service: "",
      logs: [],
    }));
    return [...services.flatMap(usesOf), ...running];
  });
  return (await Promise.all(each)).flat();
}

async function runningTasks(client: ECSClient, cluster: string): Promise<Task[]> {
  // A page has as many tasks as DescribeTasks accepts.
  const pages = await itemsOf(paginateListTasks({ client, pageSize: 100 }, { cluster }), ({ taskArns = [] }) =>
    taskArns.length > 0 ? [taskArns] : [],
  );
  return (await Promise.all(pages.map((arns) => describeTasks(client, cluster, arns)))).flat();
}

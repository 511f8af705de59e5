import {
  type ECSClient,
  paginateListClusters,
  paginateListTaskDefinitionFamilies,
  paginateListTaskDefinitions,
  paginateListTasks,
  type Task,
} from "@aws-sdk/client-ecs";
import { describeServices, describeTasks, type Ecs, listServices } from "../account/ecs";
import { type TaskWithRole, taskWithRole, type Use } from "../needs/task-with-role";
import { progress } from "../terminal";
import { usesOf } from "./services";

/**
 * The task definitions that use a role: the latest active revision of each family, or all active revisions, and every
 * revision that a service or a running task uses.
 */
export async function usersOfRole(ecs: Ecs, roleArn: string, allRevisions: boolean): Promise<TaskWithRole[]> {
  progress(`Looking for task definitions that use ${roleArn} ...`);
  const [listed, uses] = await Promise.all([
    allRevisions ? activeRevisions(ecs.client) : families(ecs.client),
    usesNow(ecs.client),
  ]);
  const names = [...new Set([...listed, ...uses.map(({ taskDefinition }) => taskDefinition)])];
  let read = 0;
  const definitions = await Promise.all(
    names.map(async (name) => {
      const definition = await ecs.taskDefinition(name);
      read += 1;
      progress(`Read ${read} of ${names.length} task definitions`);
      return definition;
    }),
  );
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

/** The name of a family refers to its latest active revision. */
async function families(client: ECSClient): Promise<string[]> {
  return collected(paginateListTaskDefinitionFamilies({ client }, { status: "ACTIVE" }), (page) => page.families);
}

async function activeRevisions(client: ECSClient): Promise<string[]> {
  return collected(paginateListTaskDefinitions({ client }, { status: "ACTIVE" }), (page) => page.taskDefinitionArns);
}

/** The task definitions that services and running tasks use in all clusters. A running task has no service here. */
async function usesNow(client: ECSClient): Promise<Use[]> {
  const clusters = await collected(paginateListClusters({ client }, {}), (page) => page.clusterArns);
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
  const tasks: Task[] = [];
  // A page has as many tasks as DescribeTasks accepts.
  for await (const { taskArns = [] } of paginateListTasks({ client, pageSize: 100 }, { cluster })) {
    if (taskArns.length > 0) {
      tasks.push(...(await describeTasks(client, cluster, taskArns)));
    }
  }
  return tasks;
}

async function collected<Page>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly string[] | undefined,
): Promise<string[]> {
  const all: string[] = [];
  for await (const page of pages) {
    all.push(...(items(page) ?? []));
  }
  return all;
}

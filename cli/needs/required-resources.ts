import { ECR_IMAGE } from "../../modules/ecs-task-execution-role/permissions/container-fields";
import type { Component, Task } from "./task";
import { taskGrants } from "./task-grants";

/** Something that must exist when a task starts. */
export interface RequiredResource {
  readonly kind: "image" | "log group" | "file";
  /** For an image, that of its repository, with `:TAG` or `@DIGEST`. */
  readonly arn: string;
  /** As the task definition writes it. */
  readonly name: string;
  readonly component: string;
}

/** What a task names, apart from secrets and parameters. What ECS or the same plan creates does not have to exist. */
export function requiredResources(task: Task): RequiredResource[] {
  const grants = taskGrants(task);
  const created = grants.filter(({ field }) => field === "createLogGroups").map(({ arn }) => arn);
  const named = grants.flatMap(({ field, arn, component }): RequiredResource[] => {
    const kind = KINDS[field];
    const name = arn.replace(/^.*:log-group:/, "");
    return kind === undefined || created.includes(arn) ? [] : [{ kind, arn, name, component }];
  });
  return [...task.components.flatMap((component) => imagesOf(component, task)), ...named].filter(
    (one) => !isCreated(one, task),
  );
}

/** Whether a plan creates it, the repository of an image or the bucket of a file. */
function isCreated({ kind, arn }: RequiredResource, { created = [] }: Task): boolean {
  return [arn, arn.replace(WITHIN[kind], "")].some((one) => created.includes(one));
}

/** The part of an ARN in its repository or its bucket. */
const WITHIN = { image: /(@.*|:[^:/]*)$/, "log group": /$/, file: /\/.*$/s };

/** By field of `access`. */
const KINDS: Readonly<Record<string, RequiredResource["kind"]>> = {
  logGroups: "log group",
  environmentFiles: "file",
  credentialSpecs: "file",
};

function imagesOf({ name: component, access }: Component, { location: { partition } }: Task): RequiredResource[] {
  const containers = access.containerDefinitions as readonly { readonly image?: string | null }[];
  return containers.flatMap(({ image }): RequiredResource[] => {
    const name = image ?? "";
    const [registry = "", account, region, repository] = name.match(ECR_IMAGE) ?? [];
    const [, tag = ":latest", id = tag] = name.slice(registry.length).match(/^(:[^@]*)?(@.*)?$/) ?? [];
    const arn = `arn:${partition}:ecr:${region}:${account}:repository/${repository}${id}`;
    return registry === "" ? [] : [{ kind: "image", arn, name, component }];
  });
}

import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { GRANT_FIELDS } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { ECR_IMAGE } from "../../modules/ecs-task-execution-role/permissions/container-fields";
import { type ContainerValue, readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { isObject } from "../../modules/ecs-task-execution-role/unknown";
import { OF_FILE_SYSTEMS, type UnknownField } from "../needs/unknown-field";

/** Container definitions that are a template, without their placeholders. */
export interface ReadTemplate {
  readonly containers: unknown;
  /** What the placeholders stand for. */
  readonly unknown: readonly UnknownField[];
  /** The image without its tag, by container, if only the tag is a placeholder: it decides nothing. */
  readonly untagged: ReadonlyMap<string, string>;
}

/** `<IMAGE1_NAME>`, `{{ must_env "TAG" }}`, `${TAG}`, `$(TAG)` or `$TAG`. */
const PLACEHOLDER = /<[^<>]+>|\{\{|\$[{(A-Z_]/;

export const hasPlaceholder = (value: unknown): boolean => typeof value === "string" && PLACEHOLDER.test(value);

/** Whether a value in a container definition is a placeholder. An empty image is one too. */
export function isPlaceholder({ kind, value }: Pick<ContainerValue, "kind" | "value">): boolean {
  const isEmptyImage = kind === "image" && value === "";
  return isEmptyImage || hasPlaceholder(value);
}

/** @param images the images that the user names, by container. */
export function withImages(given: unknown, images: ReadonlyMap<string, string>): unknown {
  const withImage = (one: unknown) => {
    const image = isObject(one) ? images.get(String(one.name)) : undefined;
    return image === undefined ? one : { ...Object(one), image };
  };
  return Array.isArray(given) ? given.map(withImage) : given;
}

export function readTemplate(containers: readonly Readonly<Record<string, unknown>>[]): ReadTemplate {
  const { values } = readContainers(containers);
  const placeholders = values.filter(isPlaceholder);
  const untagged = new Map(placeholders.flatMap((one) => withoutTag(one) ?? []));
  return {
    containers: containers.map((one, index) =>
      placeholders
        .filter(({ container }) => container === String(one.name ?? index))
        // From the end, because the path of an element of a list has its index.
        .flatMap(fieldsOf)
        .reduceRight<unknown>((rest, field) => without(rest, field.split(/[.[\]]+/).filter(Boolean)), one),
    ),
    unknown: placeholders
      .filter(({ container, field }) => field !== "image" || !untagged.has(container))
      .map(asUnknown),
    untagged,
  };
}

/** Without its Region, a log group would be in that of the task. */
const fieldsOf = ({ kind, field }: ContainerValue) =>
  kind === "logRegion" ? [field.replace("awslogs-region", "awslogs-group"), field] : [field];

type Volumes = NonNullable<TaskDefinition["volumes"]>;

/** The volumes without those whose file system or credentials are a placeholder, and what these stand for. */
export function readVolumes(given: Volumes): { readonly volumes: Volumes; readonly unknown: readonly UnknownField[] } {
  const field = "fsxWindowsFileServerVolumeConfiguration";
  const isTemplate = ({ [field]: fsx }: Volumes[number]) =>
    [fsx?.fileSystemId, fsx?.authorizationConfig?.credentialsParameter].some(hasPlaceholder);
  return {
    volumes: given.filter((one) => !isTemplate(one)),
    unknown: given.filter(isTemplate).map(({ name }) => ({
      container: `volume ${name}`,
      field,
      waitsFor: [],
      mayNeed: OF_FILE_SYSTEMS,
      note: `${field} of volume ${name} has a placeholder, so it is not checked`,
    })),
  };
}

function asUnknown({ container, field, value }: ContainerValue): UnknownField {
  const problem = `${field} of ${container} is ${value === "" ? "empty" : value}`;
  return field === "image"
    ? {
        container,
        field,
        waitsFor: [],
        mayNeed: ["imageRepositories", "pullThroughCacheRepositories"],
        note: `${problem}, so its pull is not checked; name the image with --image ${container}=IMAGE`,
      }
    : { container, field, waitsFor: [], mayNeed: GRANT_FIELDS, note: `${problem}, so it is not checked` };
}

/** The container and its image before the colon, if the placeholder comes after it. */
function withoutTag({ container, field, value }: ContainerValue): [string, string][] | undefined {
  const [known = ""] = String(value).split(/<|\{\{|\$/);
  const [, image] = known.match(/^(.+?)[:@][^/]*$/) ?? [];
  const hasMore = String(value).slice(known.length).includes("/");
  return field !== "image" || image === undefined || hasMore ? undefined : [[container, image]];
}

/** The ECR repository of an image. */
export function repositoryOf(image: string, partition: string): string[] {
  const [, account, region, name] = `${image}:tag`.match(ECR_IMAGE) ?? [];
  return name === undefined ? [] : [`arn:${partition}:ecr:${region}:${account}:repository/${name}`];
}

/** A container without the value at a path such as `secrets[0].valueFrom`. */
function without(node: unknown, [step = "", ...rest]: readonly string[]): unknown {
  const isLast = rest.length === 0;
  if (Array.isArray(node)) {
    return node.flatMap((item, at) => (String(at) !== step ? [item] : isLast ? [] : [without(item, rest)]));
  }
  const { [step]: inner, ...others } = node as Readonly<Record<string, unknown>>;
  return isLast ? others : { ...others, [step]: without(inner, rest) };
}

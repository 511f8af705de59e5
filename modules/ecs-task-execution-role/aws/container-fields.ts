import {
  type CamelCase,
  CONTAINER_FACTS,
  camelCase,
  type FactRow,
  type Format,
  format,
  inCamelCase,
  regExp,
} from "./facts";

/** A kind of value in container definitions that has a format. */
export type CheckedKind = CamelCase<keyof typeof CONTAINER_FACTS.formats>;

/** The format of a value in container definitions. */
export interface ValueFormat extends Format {
  /** The values that the format applies to, in lowercase. Omitted if it applies to all. */
  readonly where?: RegExp;
}

/** What a field of a container definition, or an item of a list in it, must be. */
interface Place {
  readonly required?: boolean;
  readonly type?: string;
  readonly what?: string;
  /** The setting of the container that makes ECS read it. */
  readonly when?: string;
  readonly kinds?: readonly { readonly kind: string; readonly where?: string; readonly when?: string }[];
}

type Places = Readonly<Record<string, Place>>;

const FIELDS: Readonly<Record<string, Places>> = CONTAINER_FACTS.fields;

/** The facts have a dot before each key. */
const PLACES: readonly (Place & { readonly path: string })[] = [
  ...Object.entries(FIELDS).flatMap(([parent, fields]) =>
    Object.entries(fields).map(([key, place]) => ({ ...place, path: `${parent}.${key}`.slice(1) })),
  ),
  ...Object.entries<Place>(CONTAINER_FACTS.items).map(([list, place]) => ({ ...place, path: `${list}[]`.slice(1) })),
];

/** The formats of values in container definitions, by kind. */
export const VALUE_FORMATS = Object.fromEntries(
  Object.entries<FactRow>(inCamelCase(CONTAINER_FACTS.formats)).map(([kind, row]) => [
    kind,
    { ...format(row), ...(row.where !== undefined && { where: regExp(row.where) }) },
  ]),
) as Readonly<Record<CheckedKind, ValueFormat>>;

/** An image in ECR: its account, Region and repository. */
export const ECR_IMAGE = VALUE_FORMATS.ecrImage.pattern;

/**
 * The checked kinds; log groups with their Region, as `REGION:NAME`, or as `:NAME` in the task's Region; and the log
 * groups that ECS creates. Names and Regions are checked separately.
 */
export type Kind = CheckedKind | "logGroupsWithRegion" | "logGroupsToCreate";

/** A field of a container definition. In its path, `[]` after a key means every element of that list. */
export interface ContainerField {
  readonly kind: Kind;
  readonly path: string;
  /** Whether the field must be set. */
  readonly required?: boolean;
  /** Other fields of the container that must match; otherwise this field is ignored. */
  readonly onlyWhen?: readonly { readonly path: string; readonly pattern: RegExp }[];
  /** Values that do not match are ignored. */
  readonly only?: RegExp;
  /** Path of the field with the Region, which is prepended to the value as `REGION:`; empty means the task's Region. */
  readonly region?: string;
}

/** The type and keys of a container definition, or of an object or list in it. */
export interface Shape {
  /** Empty for the container itself. */
  readonly path: string;
  readonly type: "object" | "list";
  /** The type, as error messages describe it. */
  readonly what: string;
  /** The keys as ECS spells them. The AWS provider ignores case, so it would accept keys that we do not find. */
  readonly keys: readonly string[];
  readonly required: readonly string[];
  readonly onlyWhen?: ContainerField["onlyWhen"];
}

type Deciding = NonNullable<ContainerField["onlyWhen"]>[number];

const AWSLOGS: Deciding = { path: "logConfiguration.logDriver", pattern: /^awslogs$/ };

/** What decides which values ECS reads, by its name in the facts. */
const SETTINGS: Readonly<Record<string, Deciding>> = {
  ecr: { path: "image", pattern: ECR_IMAGE },
  awslogs: AWSLOGS,
  s3: { path: "firelensConfiguration.options.config-file-type", pattern: /^s3$/ },
};

function onlyWhen(setting: string | undefined): Pick<ContainerField, "onlyWhen"> {
  const deciding = SETTINGS[setting ?? ""];
  return deciding === undefined ? {} : { onlyWhen: [deciding] };
}

const CONTAINER = { path: "", type: "object", what: "an object", when: undefined };

export const SHAPES: readonly Shape[] = [CONTAINER, ...PLACES].flatMap(({ path, type, what = "", when }) => {
  const fields = Object.entries(FIELDS[path && `.${path}`] ?? {});
  return type === undefined
    ? []
    : {
        path,
        type: type as Shape["type"],
        what,
        keys: fields.map(([key]) => key),
        required: fields.filter(([, { required }]) => required).map(([key]) => key),
        ...onlyWhen(when),
      };
});

/**
 * The fields that name what ECS accesses before it starts a container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const CONTAINER_FIELDS: readonly ContainerField[] = [
  ...PLACES.flatMap(({ path, required, kinds = [] }) =>
    kinds.map(({ kind, where, when }) => ({
      kind: camelCase(kind) as CheckedKind,
      path,
      // Items of lists, which have their own required fields, are walked one by one.
      required: required === true && !path.includes("[]"),
      ...(where !== undefined && { only: regExp(where) }),
      ...onlyWhen(when),
    })),
  ),
  ...(["logGroupsWithRegion", "logGroupsToCreate"] as const).map((kind) => ({
    kind,
    path: "logConfiguration.options.awslogs-group",
    region: "logConfiguration.options.awslogs-region",
    onlyWhen: [
      AWSLOGS,
      ...(kind === "logGroupsToCreate"
        ? [{ path: "logConfiguration.options.awslogs-create-group", pattern: /^(1|t|T|true|True|TRUE)$/ }]
        : []),
    ],
  })),
];

/** The key of the container in which a path begins. */
export function topKey(path: string): string {
  return path.slice(0, path.search(/[.[]|$/));
}

export const KINDS: readonly Kind[] = [...new Set(CONTAINER_FIELDS.map(({ kind }) => kind))];

import { type CamelCase, CONTAINER_FACTS, camelCase, type Format, format, inCamelCase, regExp } from "./facts";

/** A kind of value in container definitions that has a format. */
export type CheckedKind = CamelCase<keyof typeof CONTAINER_FACTS.formats>;

/** The format of a value in container definitions. */
export interface ValueFormat extends Format {
  /** The values that the format applies to, in lowercase. Omitted if it applies to all. */
  readonly where?: RegExp;
}

interface ValueRow {
  readonly kind: string;
  readonly where?: string;
  readonly when?: Readonly<Record<string, string>>;
}

const ROWS = Object.entries<readonly ValueRow[]>(CONTAINER_FACTS.values).flatMap(([at, rows]) =>
  rows.map((row) => ({ at, ...row, kind: camelCase(row.kind) as CheckedKind })),
);

/** The only row of a kind, whose `where` belongs to the format. Otherwise it belongs to the field. */
function onlyRowOf(kind: string): ValueRow | undefined {
  const [first, ...others] = ROWS.filter((row) => row.kind === kind);
  return others.length === 0 ? first : undefined;
}

/** The formats of values in container definitions, by kind. */
export const VALUE_FORMATS = Object.fromEntries(
  Object.entries(inCamelCase(CONTAINER_FACTS.formats)).map(([kind, row]) => {
    const { where } = onlyRowOf(kind) ?? {};
    return [kind, { ...format(row), ...(where !== undefined && { where: regExp(where) }) }];
  }),
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
  readonly onlyWhen?: readonly { readonly path: string; readonly is: RegExp }[];
  /** Values that do not match are ignored. */
  readonly only?: RegExp;
  /** Path of the field with the Region, which is prepended to the value as `REGION:`; empty means the task's Region. */
  readonly region?: string;
}

/** The type and keys of a container definition, or of an object or list in it. */
export interface Shape {
  /** Empty for the container itself. */
  readonly path: string;
  readonly is: "object" | "list";
  /** The type, as error messages describe it. */
  readonly what: string;
  /** The keys as ECS spells them. The AWS provider ignores case, so it would accept keys that we do not find. */
  readonly keys: readonly string[];
  readonly required: readonly string[];
  readonly onlyWhen?: ContainerField["onlyWhen"];
}

/** What decides which values ECS reads, by its name in the facts. */
const SETTINGS: Readonly<Record<string, (wanted: string) => { readonly path: string; readonly is: RegExp }>> = {
  registry: () => ({ path: "image", is: ECR_IMAGE }),
  log_driver: (wanted) => ({ path: "logConfiguration.logDriver", is: new RegExp(`^${wanted}$`) }),
  config_file_type: (wanted) => ({
    path: "firelensConfiguration.options.config-file-type",
    is: new RegExp(`^${wanted}$`),
  }),
};

function onlyWhen(when: Readonly<Record<string, string>> | undefined): Pick<ContainerField, "onlyWhen"> {
  return when === undefined
    ? {}
    : { onlyWhen: Object.entries(when).flatMap(([setting, wanted]) => SETTINGS[setting]?.(wanted) ?? []) };
}

interface Place {
  readonly type: string;
  readonly what: string;
  readonly keys?: readonly string[];
  readonly required?: readonly string[];
  readonly when?: Readonly<Record<string, string>>;
}

/** The facts have a dot before each key. */
const pathOf = (path: string) => path.slice(1);

export const SHAPES: readonly Shape[] = Object.entries<Place>(CONTAINER_FACTS.structure).map(
  ([path, { type, what, keys = [], required = [], when }]) => ({
    path: pathOf(path),
    is: type as Shape["is"],
    what,
    keys,
    required,
    ...onlyWhen(when),
  }),
);

/**
 * The fields that name what ECS accesses before it starts a container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const CONTAINER_FIELDS: readonly ContainerField[] = [
  ...ROWS.map(({ at, kind, where, when }) => ({
    kind,
    path: pathOf(at),
    required: isRequired(at),
    ...(where !== undefined && onlyRowOf(kind) === undefined && { only: regExp(where) }),
    ...onlyWhen(when),
  })),
  ...(["logGroupsWithRegion", "logGroupsToCreate"] as const).map((kind) => ({
    kind,
    path: "logConfiguration.options.awslogs-group",
    region: "logConfiguration.options.awslogs-region",
    onlyWhen: [
      { path: "logConfiguration.logDriver", is: /^awslogs$/ },
      ...(kind === "logGroupsToCreate"
        ? [{ path: "logConfiguration.options.awslogs-create-group", is: /^(1|t|T|true|True|TRUE)$/ }]
        : []),
    ],
  })),
];

export const KINDS: readonly Kind[] = [...new Set(CONTAINER_FIELDS.map(({ kind }) => kind))];

/** Whether each container must have the field. Items of lists, which have their own required fields, are walked one by one. */
function isRequired(path: string): boolean {
  const end = path.lastIndexOf(".");
  const place: Place | undefined = CONTAINER_FACTS.structure[path.slice(0, end) as ""];
  return !path.includes("[]") && (place?.required?.includes(path.slice(end + 1)) ?? false);
}

import { type CamelCase, CONTAINER_FACTS, camelCase, type FactRow, type Format, format, regExp } from "./facts";

/** A format that values in container definitions must have. */
export type FormatName = CamelCase<keyof typeof CONTAINER_FACTS.formats>;

/** What a value in container definitions is: named like its format. Some kinds have a second one. */
export type Kind = Exclude<FormatName, "ecrImage" | "credentialsForEcr">;

/** What else in a container decides whether ECS reads a value, and what it means. */
export type Setting = "ecr" | "awslogs" | "s3" | "logRegion" | "createsLogGroup";

/** The settings of a container: whether it has one, or its value, which can be unknown. */
export type Settings = Readonly<Record<Setting, unknown>>;

/** The values in container definitions that something applies to. */
export interface OnValues {
  readonly kind: Kind;
  /** The settings of the container that it depends on. It does not apply if one of them is off. */
  readonly settings?: readonly Setting[];
}

/** The format of values in container definitions. */
export interface ValueFormat extends Format, OnValues {
  /** The values that the format applies to, in lowercase. Omitted if it applies to all. */
  readonly where?: RegExp;
}

interface FormatRow extends FactRow {
  readonly kind?: string;
  readonly when?: string;
}

/** The formats of values in container definitions, by name. */
export const VALUE_FORMATS = Object.fromEntries(
  Object.entries<FormatRow>(CONTAINER_FACTS.formats).map(([name, { kind = name, when, where, ...row }]) => [
    camelCase(name),
    {
      ...format(row),
      kind: camelCase(kind),
      ...(when !== undefined && { settings: [when] }),
      ...(where !== undefined && { where: regExp(where) }),
    },
  ]),
) as Readonly<Record<FormatName, ValueFormat>>;

/** An image in ECR: its account, Region and repository. */
export const ECR_IMAGE = VALUE_FORMATS.ecrImage.pattern;

/** A container definition, a field of it, or an item of a list in it. */
export interface ContainerField {
  /** Whether it must be set if what contains it is. */
  readonly required?: boolean;
  /** The type of an object or a list, and how error messages describe it. */
  readonly type?: "object" | "list";
  readonly what?: string;
  /** What its value is, if ECS reads it before it starts a container. */
  readonly kind?: Kind;
  /** Values that do not match are ignored. */
  readonly where?: RegExp;
  /** The setting of the container with which ECS reads it. */
  readonly when?: Setting;
  /** The fields of an object, as ECS spells them. The AWS provider ignores case, so it would accept keys that we do not find. */
  readonly fields?: Readonly<Record<string, ContainerField>>;
  /** The items of a list. */
  readonly item?: ContainerField;
}

interface FieldRow {
  readonly required?: boolean;
  readonly type?: string;
  readonly what?: string;
  readonly kind?: string;
  readonly where?: string;
  readonly when?: string;
}

const FIELDS: Readonly<Record<string, Readonly<Record<string, FieldRow>>>> = CONTAINER_FACTS.fields;

const ITEMS: Readonly<Record<string, FieldRow>> = CONTAINER_FACTS.items;

/** The facts have a row for each path, because Terraform has no recursion. */
function fieldAt(path: string, { kind, where, ...row }: FieldRow): ContainerField {
  const fields = Object.entries(FIELDS[path] ?? {}).map(([key, one]) => [key, fieldAt(`${path}.${key}`, one)]);
  const { [path]: item } = ITEMS;
  return {
    ...(row as ContainerField),
    ...(kind !== undefined && { kind: camelCase(kind) as Kind }),
    ...(where !== undefined && { where: regExp(where) }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
    ...(item !== undefined && { item: fieldAt(`${path}[]`, item) }),
  };
}

/**
 * What a container definition must be, and what ECS reads in it before it starts the container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const CONTAINER: ContainerField = fieldAt("", { type: "object", what: "an object", required: true });

/** The keys of a container below which there can be values of these kinds. */
export function keysWith(kinds: ReadonlySet<Kind>): string[] {
  const has = ({ kind, fields = {}, item }: ContainerField): boolean =>
    (kind !== undefined && kinds.has(kind)) || Object.values(fields).some(has) || (item !== undefined && has(item));
  return Object.entries(CONTAINER.fields ?? {}).flatMap(([key, field]) => (has(field) ? key : []));
}

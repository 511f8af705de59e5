import { CONTAINER_FIELDS, type ContainerField, type Kind } from "../aws/container-fields";
import type { ContainerDefinitions } from "../inputs/access";
import { isUnknown, unpacked } from "../unknown";

/** A value of a container definition that says what ECS must reach. */
export interface Found {
  readonly kind: Kind;
  /** The name of the container, or its index. */
  readonly container: string;
  /** Where in the container it stands, such as `secrets[0].valueFrom`. */
  readonly field: string;
  readonly value: unknown;
}

/** A container, or all of them in one text, and the fields that only Terraform can find in it. */
export interface Unread {
  readonly container: unknown;
  readonly fields: readonly ContainerField[];
}

/** Container definitions, read once for all that needs them. */
export interface Containers {
  /** Every container; what cannot be read as JSON stays as it is. */
  readonly all: readonly unknown[];
  /** Every value that we can find. One that is not known yet is among them. */
  readonly values: readonly Found[];
  readonly unread: readonly Unread[];
}

export function readContainers(definitions: ContainerDefinitions | undefined): Containers {
  const all = [definitions ?? []].flat().flatMap((one) => (typeof one === "string" ? parsed(one) : [one]));
  const found = all.map((container, index) => CONTAINER_FIELDS.map((field) => valuesOf(container, index, field)));
  const unread = all.map((container, index) => ({
    container,
    fields: CONTAINER_FIELDS.filter((_, at) => found[index]?.[at]?.some(isLater)),
  }));
  return {
    all,
    values: found.flat(2).filter((one) => !isLater(one)),
    unread: unread.filter(({ fields }) => fields.length > 0),
  };
}

/** Stands for values that only Terraform can find, because what holds them is not known yet. */
const LATER = Symbol("later");

function isLater({ value }: Pick<Found, "value">): boolean {
  return value === LATER;
}

function valuesOf(container: unknown, index: number, field: ContainerField): Found[] {
  const { kind } = field;
  if (!isMap(container)) {
    return isUnknown(container) ? [{ kind, container: "", field: "", value: LATER }] : [];
  }
  const name = String(container.name ?? index);
  return valuesAt(container, field).map((one) => ({
    kind,
    container: name,
    field: one.field.slice(1),
    value: one.value,
  }));
}

type Container = Readonly<Record<string, unknown>>;

type Value = Pick<Found, "field" | "value">;

function valuesAt(container: Container, { path, required, onlyWhen = [], only, region }: ContainerField): Value[] {
  for (const { path: deciding, is } of onlyWhen) {
    const [decides] = walk(container, deciding);
    if (decides && (isUnknown(decides.value) || isLater(decides))) {
      return [{ field: decides.field, value: LATER }];
    }
    if (decides && Array.isArray(decides.value)) {
      return [decides];
    }
    if (!is.test(String(decides?.value))) {
      return [];
    }
  }
  const found = walk(container, path);
  const values = found.length === 0 && required ? [{ field: `.${path}`, value: undefined }] : found;
  return values
    .map(({ field, value }) => ({ field, value: only && isUnknown(value) ? LATER : value }))
    .filter(({ value }) => only === undefined || value === LATER || only.test(String(value)))
    .map(({ field, value }) => ({ field, value: region === undefined ? value : withRegion(container, region, value) }));
}

function withRegion(container: Container, path: string, value: unknown): unknown {
  const [region] = walk(container, path);
  if (region && isLater(region)) {
    return LATER;
  }
  return typeof value === "string" ? `${region?.value ?? ""}:${value}` : value;
}

/** The values at a path. What should hold others and does not is given in a list, which no rule lets pass. */
function walk(node: unknown, path: string, field = ""): Value[] {
  const [step = "", ...rest] = path.split(".");
  const isList = step.endsWith("[]");
  const key = step.replace("[]", "");
  if (!isMap(node)) {
    return [{ field, value: isUnknown(node) ? LATER : [node] }];
  }
  const value = node[key];
  if (value === undefined || value === null) {
    return [];
  }
  const here = `${field}.${key}`;
  if (!isList) {
    return rest.length === 0 ? [{ field: here, value: textOrLater(value) }] : walk(value, rest.join("."), here);
  }
  if (!Array.isArray(value)) {
    return [{ field: here, value: isUnknown(value) ? LATER : [value] }];
  }
  return value.flatMap((item, index): Value[] => {
    const inList = `${here}[${index}]`;
    const values =
      rest.length === 0 ? [{ field: inList, value: textOrLater(item) }] : walk(item, rest.join("."), inList);
    return values.length === 0 ? [{ field: `${inList}.${rest.join(".")}`, value: undefined }] : values;
  });
}

/** A text that is not known yet can stand in an expression as it is; anything else might be a list. */
function textOrLater(value: unknown): unknown {
  const isText = typeof value === "string" && unpacked(value) === value;
  return isUnknown(value) && !isText ? LATER : value;
}

function parsed(json: string): unknown[] {
  try {
    const containers: unknown = JSON.parse(json);
    return Array.isArray(containers) ? containers : [json];
  } catch {
    return [json];
  }
}

function isMap(value: unknown): value is Container {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

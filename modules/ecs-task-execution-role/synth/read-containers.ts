import { CONTAINER_FIELDS, type ContainerField, type Kind, SHAPES, type Shape, topKey } from "../aws/container-fields";
import { ACCESS_FACTS } from "../aws/facts";
import type { ContainerDefinitions } from "../inputs/access";
import { isObject, isUnknown, Unknown } from "../unknown";
import { type Definitions, readDefinitions } from "./read-definitions";

/** A value in a container definition that the rules check or that grants access. */
export interface ContainerValue {
  readonly kind: Kind;
  /** The name of the container, or its index. */
  readonly container: string;
  /** Its path in the container, such as `secrets[0].valueFrom`. */
  readonly field: string;
  readonly value: unknown;
}

/** A violation of the structure of a container: a wrong type or a misspelled key. */
export interface StructureViolation {
  readonly container: string;
  readonly field: string;
  /** What was found and what was expected, for error messages. */
  readonly what: string;
}

/** Container definitions, read once and shared. */
export interface Containers extends Definitions {
  /** Every value that is there, including unknown ones. */
  readonly values: readonly ContainerValue[];
  readonly structureViolations: readonly StructureViolation[];
  /** The kinds of value that can be in what is unknown: in a value, or in the object or list around it. */
  readonly unknown: ReadonlySet<Kind>;
  /** Whether an object or a list is unknown, so that its structure is too. */
  readonly hasUnknownStructure: boolean;
}

export function readContainers(given: ContainerDefinitions | undefined): Containers {
  const definitions = readDefinitions(given);
  const { containers } = definitions;
  const found = containers.flatMap((one, index) => CONTAINER_FIELDS.flatMap((field) => valuesOf(one, index, field)));
  return {
    ...definitions,
    values: found.filter((one) => !isInside(one)),
    structureViolations: containers.flatMap(structureViolationsIn),
    unknown: new Set(found.filter(({ value }) => isUnknown(value)).map(({ kind }) => kind)),
    hasUnknownStructure: found.some(isInside),
  };
}

/** Placeholder for values that only Terraform can find, because the object or list around them is unknown. */
const INSIDE = new Unknown(undefined);

function isInside({ value }: Pick<ContainerValue, "value">): boolean {
  return value === INSIDE;
}

function valuesOf(container: unknown, index: number, field: ContainerField): ContainerValue[] {
  const { kind } = field;
  if (!isObject(container)) {
    return isUnknown(container) ? [{ kind, container: "", field: "", value: INSIDE }] : [];
  }
  // Most fields are not set.
  if (!field.required && container[topKey(field.path)] === undefined) {
    return [];
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

type Value = Pick<ContainerValue, "field" | "value">;

function valuesAt(container: Container, { path, required, onlyWhen = [], only, region }: ContainerField): Value[] {
  const found = walk(container, path);
  if (found.length === 0 && !(required && isThere(container, path))) {
    return [];
  }
  for (const { path: deciding, pattern } of onlyWhen) {
    const [decides] = walk(container, deciding);
    if (isUnknown(decides?.value)) {
      return [{ field: decides?.field ?? "", value: INSIDE }];
    }
    if (typeof decides?.value === "object" || !pattern.test(String(decides?.value))) {
      return [];
    }
  }
  const values = found.length === 0 ? [{ field: `.${path}`, value: undefined }] : found;
  return values
    .map(({ field, value }) => ({ field, value: only && isUnknown(value) ? INSIDE : value }))
    .filter(({ value }) => only === undefined || typeof value !== "string" || only.test(value))
    .map(({ field, value }) => ({ field, value: region === undefined ? value : withRegion(container, region, value) }));
}

/** Whether the object that must contain a field is there. If it is not, that violates the structure. */
function isThere(container: Container, path: string): boolean {
  const steps = path.split(".").slice(0, -1);
  return isObject(steps.reduce<unknown>((node, step) => (isObject(node) ? node[step] : undefined), container));
}

function withRegion(container: Container, path: string, value: unknown): unknown {
  const [region] = walk(container, path);
  if (isUnknown(region?.value)) {
    return INSIDE;
  }
  return typeof value === "string" ? `${region?.value ?? ""}:${value}` : value;
}

/** The values at a path. Nodes of the wrong type have none. */
function walk(node: unknown, path: string, field = ""): Value[] {
  const [step = "", ...rest] = path.split(".");
  const isList = step.endsWith("[]");
  const key = step.replace("[]", "");
  if (!isObject(node)) {
    return isUnknown(node) ? [{ field, value: INSIDE }] : [];
  }
  const value = node[key];
  if (value === undefined || value === null) {
    return [];
  }
  const here = `${field}.${key}`;
  if (!isList) {
    return rest.length === 0 ? [{ field: here, value }] : walk(value, rest.join("."), here);
  }
  if (!Array.isArray(value)) {
    return isUnknown(value) ? [{ field: here, value: INSIDE }] : [];
  }
  return value.flatMap((item, index): Value[] => {
    const inList = `${here}[${index}]`;
    if (rest.length === 0) {
      return [{ field: inList, value: item as unknown }];
    }
    const values = walk(item, rest.join("."), inList);
    return values.length === 0 && isObject(item)
      ? [{ field: `${inList}.${rest.join(".")}`, value: undefined }]
      : values;
  });
}

function structureViolationsIn(container: unknown, index: number): StructureViolation[] {
  const name = String((isObject(container) ? container.name : undefined) ?? index);
  return SHAPES.flatMap((shape) =>
    placesOf(container, shape.path)
      .filter(({ value }) => !isUnknown(value))
      .flatMap(({ field, value }) => violationsAt(value, shape, container, field)),
  ).map((one) => ({ container: name, ...one }));
}

/** The objects or lists at a path, or the missing one if ECS requires it. */
function placesOf(container: unknown, path: string): Value[] {
  return path === "" ? [{ field: "", value: container }] : isObject(container) ? nodesAt(container, path) : [];
}

function nodesAt(node: unknown, path: string, field = ""): Value[] {
  const [step = "", ...rest] = path.split(".");
  const key = step.replace("[]", "");
  const value = isObject(node) ? node[key] : undefined;
  const here = [field, key].filter(Boolean).join(".");
  const isList = step.endsWith("[]");
  const nodes =
    isList && Array.isArray(value)
      ? value.map((item, at) => ({ field: `${here}[${at}]`, value: item as unknown }))
      : isList
        ? []
        : [{ field: here, value }];
  return rest.length === 0 ? nodes : nodes.flatMap((one) => nodesAt(one.value, rest.join("."), one.field));
}

type ViolationInContainer = Omit<StructureViolation, "container">;

function violationsAt(
  node: unknown,
  { path, type, what, keys, onlyWhen = [] }: Shape,
  container: unknown,
  field: string,
): ViolationInContainer[] {
  const isRead = onlyWhen.every((one) => {
    const [decides] = isObject(container) ? walk(container, one.path) : [];
    return typeof decides?.value !== "object" && one.pattern.test(String(decides?.value));
  });
  if (node === undefined || node === null) {
    const isRequired = path === "" || path.endsWith("[]") || (isRead && onlyWhen.length > 0);
    return isRequired ? [{ field, what: `nothing, not ${what}` }] : [];
  }
  const isRight = type === "object" ? isObject(node) : Array.isArray(node);
  if (!isRight) {
    return [{ field, what: `${kindOf(node)}, not ${what}` }];
  }
  return isObject(node) && isRead ? misspelledKeys(node, keys, field) : [];
}

/** A key in its plainest form, to recognize `value_from` and `ValueFrom` as `valueFrom`, and `secret` as `secrets`. */
const plain = (key: string) => key.toLowerCase().replace(SPELLING, "");

/** Between slashes, as Terraform's replace() takes it. */
const SPELLING = new RegExp(ACCESS_FACTS.spelling.slice(1, -1), "g");

function misspelledKeys(node: Container, keys: readonly string[], field: string): ViolationInContainer[] {
  return Object.keys(node).flatMap((key) => {
    if (keys.includes(key)) {
      return [];
    }
    const plainKey = plain(key);
    const right = keys.find((one) => plain(one) === plainKey);
    return right === undefined
      ? []
      : [{ field: [field, key].filter(Boolean).join("."), what: `a key that must be spelled ${right}` }];
  });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : isObject(value) ? "an object" : `a ${typeof value}`;
}

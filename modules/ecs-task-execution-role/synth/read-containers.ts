import type { ContainerDefinitions } from "../inputs/access";
import {
  CONTAINER,
  type ContainerField,
  ECR_IMAGE,
  type FormatName,
  type Kind,
  type OnValues,
  type Setting,
  type Settings,
  VALUE_FORMATS,
  type ValueFormat,
} from "../permissions/container-fields";
import { isObject, isUnknown, Unknown } from "../unknown";
import { type Definitions, readDefinitions } from "./read-definitions";
import { rightSpelling } from "./spelling";

/** A value in a container definition that the rules check or that grants access. */
export interface ContainerValue {
  readonly kind: Kind;
  /** The name of the container, or its index. */
  readonly container: string;
  /** Its path in the container, such as `secrets[0].valueFrom`. */
  readonly field: string;
  readonly value: unknown;
  readonly settings: Settings;
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
  /** Every value that is there, and those that can be in what is unknown. */
  readonly values: readonly ContainerValue[];
  readonly structureViolations: readonly StructureViolation[];
}

export function readContainers(given: ContainerDefinitions | undefined): Containers {
  const definitions = readDefinitions(given);
  const read = definitions.containers.map((container, index) => ({
    container: String((isObject(container) ? container.name : undefined) ?? index),
    settings: settingsOf(container),
    nodes: nodesIn(CONTAINER, container),
  }));
  return {
    ...definitions,
    values: read.flatMap(({ container, settings, nodes }) =>
      nodes.flatMap((node) => valuesOf(node, settings).map((one) => ({ ...one, container, settings }))),
    ),
    structureViolations: read.flatMap(({ container, settings, nodes }) =>
      nodes.flatMap((node) => structureViolationsOf(node, settings).map((one) => ({ ...one, container }))),
    ),
  };
}

/** Placeholder for values that only Terraform can find, because the object or list around them is unknown. */
const INSIDE = new Unknown(undefined);

/** Whether only Terraform can find the value. */
export function isInside({ value }: ContainerValue): boolean {
  return value === INSIDE;
}

/** Whether a setting has this effect; undefined if only Terraform knows. */
function isSet(settings: Settings, setting: Setting | undefined): boolean | undefined {
  const value = setting === undefined || settings[setting];
  return isUnknown(value) ? undefined : value !== false;
}

/** Whether a format or a derivation applies to a value; undefined if only Terraform knows. */
export function applies({ kind, settings = [] }: OnValues, one: ContainerValue): boolean | undefined {
  const effects = settings.map((name) => isSet(one.settings, name));
  if (one.kind !== kind || effects.includes(false)) {
    return false;
  }
  return isUnknown(one.value) || effects.includes(undefined) ? undefined : true;
}

/** The formats that only Terraform can check. */
export function uncheckedFormats({ values }: Containers): FormatName[] {
  return FORMATS.filter(([, format]) => values.some((one) => applies(format, one) === undefined)).map(([name]) => name);
}

const FORMATS = Object.entries(VALUE_FORMATS) as [FormatName, ValueFormat][];

/** A container, or a field or an item in it. */
interface Node {
  readonly place: ContainerField;
  /** Its path in the container. */
  readonly field: string;
  readonly value: unknown;
}

function nodesIn(place: ContainerField, value: unknown, field = ""): Node[] {
  const node = { place, field, value };
  return [node, ...childrenOf(node).flatMap((one) => nodesIn(one.place, one.value, one.field))];
}

function childrenOf({ place: { fields = {}, item }, field, value }: Node): Node[] {
  const withValues = (valueAt: (key: string) => unknown) =>
    Object.entries(fields).map(([key, place]) => ({
      place,
      field: field === "" ? key : `${field}.${key}`,
      value: valueAt(key),
    }));
  if (isUnknown(value)) {
    return [...withValues(() => INSIDE), ...(item ? [{ place: item, field, value: INSIDE }] : [])];
  }
  if (isObject(value)) {
    const isThere = (node: Node) => node.place.required || node.value !== undefined;
    return withValues((key) => value[key] ?? undefined).filter(isThere);
  }
  return item && Array.isArray(value)
    ? value.map((one: unknown, index) => ({ place: item, field: `${field}[${index}]`, value: one }))
    : [];
}

function settingsOf(container: unknown): Settings {
  const at = (...keys: string[]) =>
    keys.reduce<unknown>((node, key) => (isObject(node) ? node[key] : isUnknown(node) ? INSIDE : undefined), container);
  const is = (pattern: RegExp, value: unknown) =>
    isUnknown(value) ? value : typeof value !== "object" && pattern.test(String(value));
  const option = (name: string) => at("logConfiguration", "options", name);
  const region = option("awslogs-region");
  return {
    ecr: is(ECR_IMAGE, at("image")),
    awslogs: is(/^awslogs$/, at("logConfiguration", "logDriver")),
    s3: is(/^s3$/, at("firelensConfiguration", "options", "config-file-type")),
    logRegion: isUnknown(region) ? region : String(region ?? ""),
    createsLogGroup: is(/^(1|t|T|true|True|TRUE)$/, option("awslogs-create-group")),
  };
}

type FoundValue = Pick<ContainerValue, "kind" | "field" | "value">;

function valuesOf({ place, field, value }: Node, settings: Settings): FoundValue[] {
  const { kind, where, when } = place;
  const isRead = isSet(settings, when);
  if (kind === undefined || isRead === false || (where && typeof value === "string" && !where.test(value))) {
    return [];
  }
  const isCertain = isRead && !(where && isUnknown(value));
  return [{ kind, field, value: isCertain ? value : INSIDE }];
}

type FoundViolation = Omit<StructureViolation, "container">;

function structureViolationsOf({ place, field, value }: Node, settings: Settings): FoundViolation[] {
  const { type, what, required, when, fields = {} } = place;
  if (type === undefined || isUnknown(value)) {
    return [];
  }
  const isRead = isSet(settings, when) === true;
  if (value === undefined || value === null) {
    return required && isRead ? [{ field, what: `nothing, not ${what}` }] : [];
  }
  const isRight = type === "object" ? isObject(value) : Array.isArray(value);
  if (!isRight) {
    return [{ field, what: `${kindOf(value)}, not ${what}` }];
  }
  return isObject(value) && isRead ? misspelledKeys(value, Object.keys(fields), field) : [];
}

function misspelledKeys(node: object, keys: readonly string[], field: string): FoundViolation[] {
  return Object.keys(node).flatMap((key) => {
    const right = keys.includes(key) ? undefined : rightSpelling(key, keys);
    return right === undefined
      ? []
      : [{ field: [field, key].filter(Boolean).join("."), what: `a key that must be spelled ${right}` }];
  });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : isObject(value) ? "an object" : `a ${typeof value}`;
}

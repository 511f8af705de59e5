import { type Kind, PLACES, type Place } from "../aws/container-fields";
import type { ContainerDefinitions } from "../inputs/access";
import { isUnknown } from "../unknown";

/** A value of a container definition that says what ECS must reach. */
export interface Found {
  readonly kind: Kind;
  /** Where it stands, such as `["app"].secrets[0].valueFrom`. */
  readonly field: string;
  readonly value: unknown;
}

/** Container definitions, read once for all that needs them. */
export interface Containers {
  /** Every container; what cannot be read as JSON stays as it is. */
  readonly all: readonly unknown[];
  /** Every value that we can read. One that is not known yet is among them. */
  readonly values: readonly Found[];
  /** Whether we can read all that counts, so that Terraform need not. */
  readonly areKnown: boolean;
}

export function readContainers(definitions: ContainerDefinitions | undefined): Containers {
  const all = [definitions ?? []].flat().flatMap((one) => (typeof one === "string" ? parsed(one) : [one]));
  const values = all.filter(isMap).flatMap(valuesOf);
  const areKnown = !isUnknown(definitions) && ![...all, ...values.map(({ value }) => value)].some(isUnknown);
  return { all, values, areKnown };
}

function valuesOf(container: Readonly<Record<string, unknown>>, index: number): Found[] {
  const name = `["${container.name ?? index}"]`;
  return PLACES.flatMap((place) =>
    valuesAt(container, place).map(({ field, value }) => ({ kind: place.kind, field: name + field, value })),
  );
}

type Value = Omit<Found, "kind">;

function valuesAt(container: object, { path, required, onlyWhen = [], only, region }: Place): Value[] {
  for (const { path: deciding, is } of onlyWhen) {
    const [decides] = walk(container, deciding);
    if (decides && (isUnknown(decides.value) || Array.isArray(decides.value))) {
      return [decides];
    }
    if (!is.test(String(decides?.value))) {
      return [];
    }
  }
  const found = walk(container, path);
  const values = found.length === 0 && required ? [{ field: `.${path}`, value: undefined }] : found;
  return values
    .filter(({ value }) => only === undefined || isUnknown(value) || only.test(String(value)))
    .map(({ field, value }) => ({ field, value: region === undefined ? value : withRegion(container, region, value) }));
}

function withRegion(container: object, path: string, value: unknown): unknown {
  const [region] = walk(container, path);
  return typeof value === "string" ? `${region?.value ?? ""}:${value}` : value;
}

/** The values at a path. What should hold others and does not is given in a list, which no rule lets pass. */
function walk(node: unknown, path: string, field = ""): Value[] {
  const [step = "", ...rest] = path.split(".");
  const isList = step.endsWith("[]");
  const key = step.replace("[]", "");
  if (!isMap(node)) {
    return [{ field, value: isUnknown(node) ? node : [node] }];
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
    return [{ field: here, value: isUnknown(value) ? value : [value] }];
  }
  return value.flatMap((item, index): Value[] => {
    const inList = `${here}[${index}]`;
    const values = rest.length === 0 ? [{ field: inList, value: item }] : walk(item, rest.join("."), inList);
    return values.length === 0 ? [{ field: `${inList}.${rest.join(".")}`, value: undefined }] : values;
  });
}

function parsed(json: string): unknown[] {
  try {
    const containers: unknown = JSON.parse(json);
    return Array.isArray(containers) ? containers : [json];
  } catch {
    return [json];
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** A value that only Terraform knows. Inputs are marked once, when they are read. */
export class Unknown {
  /** @param value the value as the user wrote it: a text with `${...}`, or a token of CDKTF. */
  constructor(public readonly value: unknown) {}
}

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** Whether this is a known object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** Whether a value is a text that Terraform evaluates. */
export function isExpression(value: unknown): boolean {
  return typeof value === "string" && /[$%]\{/.test(value);
}

/** Marks the unknown values in an input. Only plain objects are searched. */
export function mark<T>(input: T, isUnknownValue: (value: unknown) => boolean = isExpression): T {
  return marked(input, isUnknownValue) as T;
}

function marked(value: unknown, isUnknownValue: (value: unknown) => boolean): unknown {
  if (isUnknownValue(value)) {
    return new Unknown(value);
  }
  if (Array.isArray(value)) {
    return value.map((one) => marked(one, isUnknownValue));
  }
  return isPlain(value) ? mapValues(value, (one) => marked(one, isUnknownValue)) : value;
}

/** The input as the user wrote it. */
export function unmark(value: unknown): unknown {
  if (isUnknown(value)) {
    return value.value;
  }
  if (Array.isArray(value)) {
    return value.map(unmark);
  }
  return isPlain(value) ? mapValues(value, unmark) : value;
}

/** Converts a list or a single value to a list. An unknown value can be a whole list. */
export function asList(value: unknown): readonly string[] {
  return [value ?? []].flat() as string[];
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function mapValues(object: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

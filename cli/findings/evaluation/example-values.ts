import { isoTime } from "./request";

/** The example of a condition key whose value does not matter. */
export const ANY_VALUE = "any-value";

/** An address that AWS uses for documentation. */
const OTHER_ADDRESS = "192.0.2.1";

type Example = (operator: string, value: string) => string;

/** A value that a condition contains, whether it is negated or not: the first address of a range, one match of a pattern. */
export const namedValue: Example = (operator, value) => {
  if (operator.includes("IpAddress")) {
    return value.replace(/\/.*$/, "");
  }
  return (
    stepped(operator, value, /LessThan/.test(operator) ? -1 : /GreaterThan/.test(operator) ? 1 : 0) ??
    value.replace(/[*?]/g, "x")
  );
};

/** A value that a condition does not contain. */
export const otherValue: Example = (operator, value) => {
  if (operator.includes("IpAddress")) {
    return OTHER_ADDRESS;
  }
  if (operator.includes("Bool")) {
    return String(value !== "true");
  }
  return stepped(operator, value, /GreaterThan/.test(operator) ? -1 : 1) ?? ANY_VALUE;
};

/** A number or a date that is a little more or less; undefined for other operators. */
function stepped(operator: string, value: string, step: number): string | undefined {
  if (operator.includes("Numeric")) {
    return String(Number(value) + step);
  }
  return operator.includes("Date") ? new Date(timeOf(value) + step * 1000).toISOString() : undefined;
}

function timeOf(value: string): number {
  const time = Date.parse(isoTime(value));
  return Number.isNaN(time) ? 0 : time;
}

import { ARN_FIELD_NAMES, SWITCHES } from "../aws/arn-fields";
import type {
  ContainersRow,
  CountRow,
  EachRow,
  Format,
  HandWrittenRow,
  MapProp,
  NumberRow,
  Rule,
  TerraformCheck,
  TextRow,
} from "../rules/rule";
import { readerOf } from "../rules/rule";
import { CONTAINERS_OF_VARIABLE, DEFINITIONS_OF_VARIABLE, offendersInTerraform } from "./containers";
import { matchesInTerraform, snakeCase } from "./language";

/** A rule in Terraform's language, unless Terraform has no need of it. */
export function checkOf(rule: Rule): TerraformCheck | undefined {
  const read = readerOf(rule, READERS);
  const check = read?.(rule as never);
  // A resource that is there only with `access` asks only then.
  return check && rule.onlyWith ? { ...check, precondition: "aws_iam_policy" } : check;
}

/** A reader for each kind of row, by the member that makes it one. */
const READERS: Readonly<Record<string, (rule: never) => TerraformCheck | undefined>> = {
  text: ({ text, format }: TextRow) => {
    const variable = `var.${snakeCase(text)}`;
    return {
      input: snakeCase(text),
      condition: `${variable} == null || ${conformsInTerraform(format, variable)}`,
      got: variable,
    };
  },
  each: (rule: EachRow) => each(inputOf(rule.each), textsOf(rule.each), goodInTerraform(rule)),
  count: ({ count, atMost }: CountRow) => {
    const number = `length(${orNone(count, "keys")})`;
    return { input: snakeCase(count), condition: `${number} <= ${atMost}`, got: number };
  },
  number: ({ number, from, to }: NumberRow) => {
    const variable = `var.${snakeCase(number)}`;
    return {
      input: snakeCase(number),
      condition: `${variable} == null || try(floor(${variable}) == ${variable} && ${variable} >= ${from} && ${variable} <= ${to}, false)`,
      got: variable,
    };
  },
  notEmpty: () => ({
    input: "access",
    condition: `try(length(concat(${ARN_FIELD_NAMES.map(fieldOfAccess).join(", ")})) > 0 || ${SWITCHES.map(fieldOfAccess).join(" || ")} || var.access.container_definitions != null, true)`,
    got: "var.access",
  }),
  readable: () => ({
    input: "access.container_definitions",
    condition: `try(var.access.container_definitions, null) == null || can([for container in ${DEFINITIONS_OF_VARIABLE} : keys(container)])`,
    got: "try(var.access.container_definitions, null)",
  }),
  containers: ({ containers, patterns }: ContainersRow) =>
    noneOf(offendersInTerraform(containers, patterns, CONTAINERS_OF_VARIABLE)),
  // The policy itself has the precondition, in both languages.
  policyCharacters: () => undefined,
  terraform: ({ terraform }: HandWrittenRow) => ("unnecessary" in terraform ? undefined : terraform),
};

/** No value of container definitions is among the offenders, which are a list. */
export function noneOf(offenders: string): TerraformCheck {
  return { input: "access.container_definitions", condition: `length(${offenders}) == 0`, got: offenders };
}

/** Every element of a list is good; both are expressions, the second about a `value`. */
export function each(input: string, list: string, good: string): TerraformCheck {
  return {
    input: snakeCase(input),
    // Unknown as long as one value is: the message could not be shown before all are known either.
    condition: `alltrue([for value in ${list} : ${good}])`,
    got: `[for value in ${list} : value if !${good}]`,
  };
}

function inputOf(of: EachRow["each"]): string {
  return Object.values(of)[0] ?? "";
}

function textsOf(of: EachRow["each"]): string {
  if ("elements" in of) {
    const [prop = ""] = of.elements.split(".");
    return `(var.${prop} == null ? [] : coalesce(var.${snakeCase(of.elements)}, []))`;
  }
  return "keys" in of ? orNone(of.keys, "keys") : orNone(of.values, "values");
}

/** The keys or values of a map that may be null. */
function orNone(prop: MapProp, of: "keys" | "values"): string {
  const variable = `var.${snakeCase(prop)}`;
  return `(${variable} == null ? [] : ${of}(${variable}))`;
}

function goodInTerraform({ where, format, never }: EachRow): string {
  const all = [
    ...(format ? [conformsInTerraform(format, "value")] : []),
    ...(never ? [`!${matchesInTerraform(never, "value")}`] : []),
  ].join(" && ");
  return where ? `(!${matchesInTerraform(where, "value")} || ${all})` : never ? `(${all})` : all;
}

function conformsInTerraform({ pattern, atMost }: Format, value: string): string {
  const matches = matchesInTerraform(pattern, value);
  return atMost === undefined ? matches : `try(length(${value}) <= ${atMost} && ${matches}, false)`;
}

function fieldOfAccess(field: string): string {
  return `var.access.${snakeCase(field)}`;
}

import type {
  ContainersRow,
  CountRow,
  EachRow,
  FieldsRow,
  Format,
  HandWrittenRow,
  MapProp,
  NeedsRow,
  NumberRow,
  OneOfRow,
  Rule,
  SwitchRow,
  TaskSizeRow,
  TerraformCheck,
  TextRow,
} from "../rules/rule";
import { readerOf } from "../rules/rule";
import { listOfVariable, valueOfVariable } from "./access";
import { misshapenInTerraform, offendersInTerraform } from "./containers";
import { containersIn, elementsIn, sizesOver, unreadableIn } from "./definitions";
import { matchesInTerraform, snakeCase } from "./language";

/** Where a check finds the values of `access`, as Terraform expressions for lists. */
export interface Sources {
  /** The values of a field. */
  readonly list: (field: string) => string;
  /** The values of `container_definitions`. */
  readonly definitions: string;
  /** All elements of these. */
  readonly elements: string;
  /** The containers among the elements. */
  readonly containers: string;
}

const DEFINITIONS = listOfVariable("access", "containerDefinitions");

const OF_VARIABLE: Sources = {
  list: (field) => listOfVariable("access", field),
  definitions: DEFINITIONS,
  elements: elementsIn(DEFINITIONS),
  containers: containersIn(elementsIn(DEFINITIONS)),
};

/** A rule as a Terraform check, unless Terraform does not need it. */
export function checkOf(rule: Rule, sources = OF_VARIABLE): TerraformCheck | undefined {
  const read = readerOf(rule, READERS);
  const check = read?.(rule as never, sources);
  // A precondition on the policy applies only if `access` is set, because the policy exists only then.
  return check && rule.onlyWith ? { ...check, precondition: "aws_iam_policy" } : check;
}

/** The reader for each kind of row, by the property that identifies the kind. */
const READERS: Readonly<Record<string, (rule: never, sources: Sources) => TerraformCheck | undefined>> = {
  text: (rule: TextRow) => textCheck(rule, `var.${snakeCase(rule.text)}`),
  each: (rule: EachRow, sources) => ({
    ...each(inputOf(rule.each), textsOf(rule.each, sources), goodInTerraform(rule)),
    reads: Object.keys(rule.each)[0],
  }),
  count: ({ count, atMost }: CountRow) => {
    const number = `length(${orNone(count, "keys")})`;
    return { input: snakeCase(count), condition: `${number} <= ${atMost}`, got: number, reads: "keys" };
  },
  number: ({ number, from, to }: NumberRow) => {
    const variable = `var.${snakeCase(number)}`;
    return {
      input: snakeCase(number),
      condition: `${variable} == null || try(floor(${variable}) == ${variable} && ${variable} >= ${from} && ${variable} <= ${to}, false)`,
      got: variable,
    };
  },
  onlyFields: ({ onlyFields, fields }: FieldsRow) => {
    const allowed = JSON.stringify(fields.map(snakeCase));
    const others = `[for field in keys(var.${onlyFields}) : field if !contains(${allowed}, field)]`;
    return {
      input: onlyFields,
      condition: `var.${onlyFields} == null || try(length(${others}) == 0, false)`,
      got: `try(${others}, "a value that is not an object")`,
    };
  },
  isSwitch: ({ isSwitch }: SwitchRow) => {
    const [group, field = ""] = isSwitch.split(".");
    const value = valueOfVariable(field);
    return group === "access"
      ? { input: snakeCase(isSwitch), condition: `can(tobool(${value}))`, got: value, reads: "switches" }
      : undefined;
  },
  oneOf: ({ oneOf }: OneOfRow) => ({
    input: "access",
    condition: `var.access == null || try(length(flatten([for field, value in var.access : value if contains(${JSON.stringify(oneOf.map(snakeCase))}, field) && value != null && value != false])) > 0, false)`,
    got: "try(keys(var.access), [])",
  }),
  needs: ({ switch: name, needs }: NeedsRow, { list }) => ({
    input: `access.${snakeCase(name)}`,
    condition: `try(tobool(${valueOfVariable(name)}), false) != true || ${needs.map((field) => `length(${list(field)}) > 0`).join(" || ")}`,
    got: valueOfVariable(name),
  }),
  readable: (_, { definitions }) => noneOf(unreadableIn(definitions)),
  containersAtMost: ({ containersAtMost }: TaskSizeRow, { definitions }) =>
    noneOf(sizesOver(containersAtMost, definitions)),
  shapes: (_, { elements }) => noneOf(misshapenInTerraform(elements)),
  containers: ({ containers: kind, format }: ContainersRow, { containers }) =>
    noneOf(offendersInTerraform(kind, format, containers)),
  // In both languages, this is a precondition on the policy itself.
  policyCharacters: () => undefined,
  terraform: ({ terraform }: HandWrittenRow) => ("unnecessary" in terraform ? undefined : terraform),
};

/** What broke a rule, truncated so that the error message stays readable. */
export function shown(got: string): string {
  return `substr(jsonencode(${got}), 0, 400)`;
}

/** Checks that a string is null or has its format. `value` is an expression. */
export function textCheck({ text, format }: TextRow, value: string): TerraformCheck {
  return {
    input: snakeCase(text),
    condition: `${value} == null || ${conformsInTerraform(format, value)}`,
    got: value,
  };
}

/** Checks that no value in container definitions breaks the rule. `offenders` is an expression for a list. */
export function noneOf(offenders: string): TerraformCheck {
  return { input: "access.container_definitions", condition: `length(${offenders}) == 0`, got: offenders };
}

/** Checks that every element of a list is good. `list` and `good` are expressions; `good` refers to `value`. */
export function each(input: string, list: string, good: string): TerraformCheck {
  return {
    input: snakeCase(input),
    // Unknown if any value is, but the message could not be shown until all are known either.
    condition: `alltrue([for value in ${list} : ${good}])`,
    got: `[for value in ${list} : value if !${good}]`,
  };
}

function inputOf(of: EachRow["each"]): string {
  return Object.values(of)[0] ?? "";
}

function textsOf(of: EachRow["each"], { list }: Sources): string {
  if ("elements" in of) {
    const [prop, field = ""] = of.elements.split(".");
    return prop === "access" ? list(field) : listOfVariable("trust", field);
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

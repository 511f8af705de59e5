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

/** Where a check finds what `access` holds, each as an expression for a list. */
export interface Sources {
  /** What a field holds. */
  readonly list: (field: string) => string;
  /** What it holds as container definitions. */
  readonly definitions: string;
  /** All that is in these. */
  readonly elements: string;
  /** The containers among that. */
  readonly containers: string;
}

const DEFINITIONS = listOfVariable("access", "containerDefinitions");

const OF_VARIABLE: Sources = {
  list: (field) => listOfVariable("access", field),
  definitions: DEFINITIONS,
  elements: elementsIn(DEFINITIONS),
  containers: containersIn(elementsIn(DEFINITIONS)),
};

/** A rule in Terraform's language, unless Terraform has no need of it. */
export function checkOf(rule: Rule, sources = OF_VARIABLE): TerraformCheck | undefined {
  const read = readerOf(rule, READERS);
  const check = read?.(rule as never, sources);
  // A resource that is there only with `access` asks only then.
  return check && rule.onlyWith ? { ...check, precondition: "aws_iam_policy" } : check;
}

/** A reader for each kind of row, by the member that makes it one. */
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
  // The policy itself has the precondition, in both languages.
  policyCharacters: () => undefined,
  terraform: ({ terraform }: HandWrittenRow) => ("unnecessary" in terraform ? undefined : terraform),
};

/** What broke a rule, in a message: at most so much that the message can still be read. */
export function shown(got: string): string {
  return `substr(jsonencode(${got}), 0, 400)`;
}

/** A text, which is an expression, has its format, or is null. */
export function textCheck({ text, format }: TextRow, value: string): TerraformCheck {
  return {
    input: snakeCase(text),
    condition: `${value} == null || ${conformsInTerraform(format, value)}`,
    got: value,
  };
}

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

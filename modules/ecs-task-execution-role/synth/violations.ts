import type { TaskExecutionAccess } from "../inputs/access";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { LIST_FIELD_NAMES, LIST_FIELDS } from "../permissions/access-fields";
import type { ValueFormat } from "../permissions/container-fields";
import type { Format } from "../permissions/facts";
import type {
  ContainersRow,
  CountRow,
  EachRow,
  FieldsRow,
  MapRow,
  NeedsRow,
  NumberRow,
  OneOfRow,
  PolicyRow,
  PropsRow,
  Rule,
  SwitchRow,
  TaskSizeRow,
  TextRow,
  Violation,
} from "../rules/rule";
import { entries } from "../rules/rule";
import { asList, isObject, isUnknown, mark } from "../unknown";
import { grantsOf } from "./grants";
import { canBeTooLong, policyDocumentSize, SOMEWHERE } from "./policy-size";
import { applies, type Containers, type ContainerValue, readContainers } from "./read-containers";
import { rightSpelling } from "./spelling";

type Props = EcsTaskExecutionRoleProps;

const CONTAINERS = "access.containerDefinitions";

/** The values that break a rule. Unknown values never do. */
export function violationsOf(
  rule: Rule,
  props: Props,
  containers = readContainers(props.access?.containerDefinitions),
): readonly Violation[] {
  return rule.onlyWith === undefined || props[rule.onlyWith] !== undefined ? read(rule, props, containers) : [];
}

function read(rule: Rule, props: Props, containers: Containers): readonly Violation[] {
  switch (rule.kind) {
    case "text":
      return inText(rule, props);
    case "each":
      return inEach(rule, props);
    case "props":
      return inProps(rule, props);
    case "fields":
      return inFields(rule, props);
    case "map":
      return inMap(rule, props);
    case "switch":
      return inSwitch(rule, props);
    case "count":
      return inCount(rule, props);
    case "number":
      return inNumber(rule, props);
    case "oneOf":
      return inOneOf(rule, props);
    case "needs":
      return inNeeds(rule, props);
    case "readable":
      return containers.unreadable.map((shown) => ({ input: CONTAINERS, shown }));
    case "taskSize":
      return inTaskSizes(rule, containers);
    case "shapes":
      return containers.structureViolations.map(({ container, field, what }) => ({
        input: inputOf(container, field),
        shown: what,
      }));
    case "containers":
      return inContainers(rule, containers);
    case "policy":
      return inPolicy(rule, props, containers);
    case "custom":
      return rule.violations(props);
  }
}

function inText({ prop, format }: TextRow, { [prop]: got }: Props): Violation[] {
  return got === undefined || isUnknown(got) || conforms(format, got) ? [] : [{ input: prop, got }];
}

function inEach(rule: EachRow, props: Props): Violation[] {
  return textsOf(rule, props).filter(({ got }) => !isUnknown(got) && isAbout(rule, got) && !conforms(rule.format, got));
}

function inProps({ props: names }: PropsRow, props: Props): Violation[] {
  return unknownNames("props", Object.keys(props), names);
}

function inFields({ prop, fields }: FieldsRow, { [prop]: group = {} }: Props): Violation[] {
  return unknownNames(prop, Object.keys(group), fields);
}

function unknownNames(input: string, got: readonly string[], names: readonly string[]): Violation[] {
  return got
    .filter((name) => !names.includes(name))
    .map((name) => {
      const right = rightSpelling(name, names);
      return right === undefined
        ? { input, got: name }
        : { input, shown: `${JSON.stringify(name)}, which must be spelled ${right}` };
    });
}

function inMap({ prop }: MapRow, { [prop]: got }: Props): Violation[] {
  return got === undefined || isUnknown(got) || isObject(got) ? [] : [{ input: prop, got }];
}

function inSwitch({ input }: SwitchRow, props: Props): Violation[] {
  const got = valueAt(props, input);
  return got === undefined || got === true || got === false ? [] : [{ input, got }];
}

function inCount({ prop, atMost }: CountRow, { [prop]: map }: Props): Violation[] {
  const got = entries(map).length;
  return got > atMost ? [{ input: prop, got }] : [];
}

function inNumber({ prop, from, to }: NumberRow, { [prop]: got }: Props): Violation[] {
  const isGood = got === undefined || isUnknown(got) || (Number.isInteger(got) && got >= from && got <= to);
  return isGood ? [] : [{ input: prop, got }];
}

/** A field with a wrong name may grant something. */
function inOneOf({ fields, restricting }: OneOfRow, { access }: Props): Violation[] {
  const isKnown = (name: string) => [...fields, ...restricting].some((field) => field === name);
  return access === undefined || fields.some((field) => isGiven(access[field])) || !Object.keys(access).every(isKnown)
    ? []
    : [{ input: "access", got: Object.keys(access) }];
}

function inNeeds({ switch: name, needs }: NeedsRow, { access }: Props): Violation[] {
  return access?.[name] === true && !needs.some((field) => isGiven(access[field]))
    ? [{ input: `access.${name}`, got: true }]
    : [];
}

function inTaskSizes({ atMost }: TaskSizeRow, { sizes }: Containers): Violation[] {
  return sizes.filter((size) => size > atMost).map((size) => ({ input: CONTAINERS, shown: `${size} containers` }));
}

function inContainers({ format }: ContainersRow, { values }: Containers): Violation[] {
  return values
    .filter((found) => violatesFormat(format, found))
    .map(({ container, field, value }) => {
      const input = inputOf(container, field);
      return value === undefined ? { input, shown: "nothing" } : { input, got: value };
    });
}

function inPolicy({ atMost }: PolicyRow, { access }: Props, containers: Containers): Violation[] {
  if (access === undefined || !canBeTooLong(access, containers)) {
    return [];
  }
  const size = policyDocumentSize(grantsOf(knownGood(access), SOMEWHERE, containers));
  return size > atMost ? [{ input: "access", shown: `a policy of ${size} characters` }] : [];
}

function inputOf(container: string, field: string): string {
  return `${CONTAINERS}["${container}"]${field && `.${field}`}`;
}

/** Whether a known value in container definitions is one that the format applies to, and does not match it. */
export function violatesFormat(format: ValueFormat, found: ContainerValue): boolean {
  const { value } = found;
  const isAbout = format.where === undefined || (typeof value === "string" && format.where.test(value.toLowerCase()));
  return isAbout && applies(format, found) === true && !conforms(format, value);
}

function isGiven(value: unknown): boolean {
  return Boolean(value) && asList(value).length > 0;
}

function textsOf({ of, input }: EachRow, props: Props): { readonly input: string; readonly got: unknown }[] {
  const got = valueAt(props, input);
  switch (of) {
    case "keys":
      return entries(got).map(([key]) => ({ input, got: mark<unknown>(key) }));
    case "values":
      return entries(got).map(([key, value]) => ({ input: `${input}["${key}"]`, got: value }));
    case "elements":
      return asList(got).map((element) => ({ input, got: element }));
  }
}

/** The value of a prop or of one of its fields. */
function valueAt(props: Props, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((node, step) => (node as Readonly<Record<string, unknown>> | undefined)?.[step], props);
}

function isAbout({ where }: EachRow, got: unknown): boolean {
  return where === undefined || matches(where, got);
}

export function matches(pattern: RegExp, got: unknown): boolean {
  return typeof got === "string" && pattern.test(got);
}

function conforms({ pattern, never, atMost, nameAtMost }: Format, got: unknown): boolean {
  return (
    typeof got === "string" &&
    pattern.test(got) &&
    !never?.test(got) &&
    (atMost === undefined || [...got].length <= atMost) &&
    (nameAtMost === undefined || (got.split("/").at(-1) ?? "").length <= nameAtMost)
  );
}

/** `access` without the ARNs that are unknown or invalid. */
function knownGood(access: TaskExecutionAccess): TaskExecutionAccess {
  const lists = LIST_FIELD_NAMES.map((field) => [
    field,
    asList(access[field]).filter((arn) => conforms(LIST_FIELDS[field], arn)),
  ]);
  return { ...access, ...Object.fromEntries(lists) };
}

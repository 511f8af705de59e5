import { ARN_FIELD_NAMES, ARN_FIELDS } from "../aws/arn-fields";
import type { TaskExecutionAccess } from "../inputs/access";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import type {
  ContainersRow,
  CountRow,
  EachRow,
  FieldsRow,
  Format,
  HandWrittenRow,
  MapRow,
  NumberRow,
  Offender,
  PolicyRow,
  Rule,
  SwitchRow,
  TextRow,
} from "../rules/rule";
import { entries, isMap, readerOf } from "../rules/rule";
import { asList, isUnknown } from "../unknown";
import { type Containers, readContainers } from "./containers";
import { policyDocumentSize } from "./policy-size";

type Props = EcsTaskExecutionRoleProps;

const CONTAINERS = "access.containerDefinitions";

/** The values that break a rule. What is not known yet breaks none. */
export function offendersOf(
  rule: Rule,
  props: Props,
  containers = readContainers(props.access?.containerDefinitions),
): readonly Offender[] {
  const isAsked = rule.onlyWith === undefined || props[rule.onlyWith] !== undefined;
  const read = readerFor(rule);
  return isAsked && read ? read(rule as never, props, containers) : [];
}

type Reader = (rule: never, props: Props, containers: Containers) => readonly Offender[];

const found = new Map<Rule, Reader | undefined>();

/** Every role is held against every rule, so each rule's reader is looked for once. */
function readerFor(rule: Rule): Reader | undefined {
  if (!found.has(rule)) {
    found.set(rule, readerOf(rule, READERS));
  }
  return found.get(rule);
}

/** A reader for each kind of row, by the member that makes it one. */
const READERS: Readonly<Record<string, Reader>> = {
  text: ({ text, format }: TextRow, { [text]: got }) =>
    got === undefined || isUnknown(got) || conforms(format, got) ? [] : [{ input: text, got }],
  each: (rule: EachRow, props) =>
    textsOf(rule.each, props).filter(({ got }) => !isUnknown(got) && isAbout(rule, got) && !isGood(rule, got)),
  onlyFields: ({ onlyFields, fields }: FieldsRow, { [onlyFields]: group = {} }) =>
    Object.keys(group)
      .filter((field) => !fields.includes(field))
      .map((got) => ({ input: onlyFields, got })),
  isMap: ({ isMap: prop }: MapRow, { [prop]: got }) =>
    got === undefined || isUnknown(got) || isMap<unknown>(got) ? [] : [{ input: prop, got }],
  isSwitch: ({ isSwitch }: SwitchRow, props) => {
    const got = valueAt(props, isSwitch);
    return got === undefined || got === true || got === false ? [] : [{ input: isSwitch, got }];
  },
  count: ({ count, atMost }: CountRow, { [count]: map }) => {
    const got = entries<unknown>(map).length;
    return got > atMost ? [{ input: count, got }] : [];
  },
  number: ({ number, from, to }: NumberRow, { [number]: got }) =>
    got === undefined || isUnknown(got) || (Number.isInteger(got) && got >= from && got <= to)
      ? []
      : [{ input: number, got }],
  notEmpty: (_, { access }) =>
    access === undefined || Object.values(access).some((value) => value && asList(value).length > 0)
      ? []
      : [{ input: "access", got: access }],
  readable: (_rule, _props, { all }) =>
    all
      .filter((one) => !isUnknown(one) && (typeof one !== "object" || one === null || Array.isArray(one)))
      .map((got) => ({ input: CONTAINERS, got })),
  containers: ({ containers, patterns }: ContainersRow, _props, { values }) =>
    values
      .filter(({ kind, value }) => kind === containers && !isUnknown(value))
      .filter(({ value }) => !patterns.some((pattern) => matches(pattern, value)))
      .map(({ container, field, value }) => {
        const input = `${CONTAINERS}["${container}"].${field}`;
        return value === undefined ? { input, shown: "nothing" } : { input, got: value };
      }),
  policyCharacters: ({ policyCharacters }: PolicyRow, { access }, containers) => {
    const size = access === undefined ? 0 : policyDocumentSize(knownGood(access), containers);
    return size > policyCharacters ? [{ input: "access", shown: `a policy of ${size} characters` }] : [];
  },
  offenders: ({ offenders }: HandWrittenRow, props) => offenders(props),
};

function textsOf(each: EachRow["each"], props: Props): { readonly input: string; readonly got: unknown }[] {
  if ("keys" in each) {
    return entries<unknown>(props[each.keys]).map(([got]) => ({ input: each.keys, got }));
  }
  if ("values" in each) {
    return entries<unknown>(props[each.values]).map(([key, got]) => ({ input: `${each.values}["${key}"]`, got }));
  }
  return asList(valueAt(props, each.elements)).map((got) => ({ input: each.elements, got }));
}

/** The value of a prop, or of a field in it. */
function valueAt(props: Props, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((node, step) => (node as Readonly<Record<string, unknown>> | undefined)?.[step], props);
}

function isAbout({ where }: EachRow, got: unknown): boolean {
  return where === undefined || matches(where, got);
}

function isGood({ format, never }: EachRow, got: unknown): boolean {
  return (format === undefined || conforms(format, got)) && (never === undefined || !matches(never, got));
}

export function matches(pattern: RegExp, got: unknown): boolean {
  return typeof got === "string" && pattern.test(got);
}

function conforms({ pattern, atMost = Number.POSITIVE_INFINITY }: Format, got: unknown): boolean {
  return typeof got === "string" && [...got].length <= atMost && pattern.test(got);
}

/** What is already known of an access, and right. */
function knownGood(access: TaskExecutionAccess): TaskExecutionAccess {
  const lists = ARN_FIELD_NAMES.map((field) => [
    field,
    asList(access[field]).filter((arn) => matches(ARN_FIELDS[field].pattern, arn)),
  ]);
  return { ...access, ...Object.fromEntries(lists) };
}

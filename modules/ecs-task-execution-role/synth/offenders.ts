import { LIST_FIELD_NAMES, LIST_FIELDS } from "../aws/access-fields";
import type { ValueFormat } from "../aws/container-fields";
import type { Format } from "../aws/facts";
import type { TaskExecutionAccess } from "../inputs/access";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import type {
  ContainersRow,
  CountRow,
  EachRow,
  FieldsRow,
  HandWrittenRow,
  MapRow,
  NeedsRow,
  NumberRow,
  Offender,
  OneOfRow,
  PolicyRow,
  PropsRow,
  Rule,
  SwitchRow,
  TaskSizeRow,
  TextRow,
} from "../rules/rule";
import { entries, isMap, readerOf } from "../rules/rule";
import { asList, isUnknown, mark } from "../unknown";
import { type Containers, readContainers } from "./containers";
import { grantsOf } from "./grants";
import { canBeTooLong, policyDocumentSize, SOMEWHERE } from "./policy-size";

type Props = EcsTaskExecutionRoleProps;

const CONTAINERS = "access.containerDefinitions";

/** The values that break a rule. Unknown values never do. */
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

/** Cached, because every role is checked against every rule. */
function readerFor(rule: Rule): Reader | undefined {
  if (!found.has(rule)) {
    found.set(rule, readerOf(rule, READERS));
  }
  return found.get(rule);
}

/** The reader for each kind of row, by the property that identifies the kind. */
const READERS: Readonly<Record<string, Reader>> = {
  text: ({ text, format }: TextRow, { [text]: got }) =>
    got === undefined || isUnknown(got) || conforms(format, got) ? [] : [{ input: text, got }],
  each: (rule: EachRow, props) =>
    textsOf(rule.each, props).filter(({ got }) => !isUnknown(got) && isAbout(rule, got) && !isGood(rule, got)),
  onlyProps: ({ onlyProps }: PropsRow, props) =>
    Object.keys(props)
      .filter((prop) => !onlyProps.includes(prop))
      .map((got) => ({ input: "props", got })),
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
  oneOf: ({ oneOf }: OneOfRow, { access }) =>
    access === undefined || oneOf.some((field) => isSet(access[field]))
      ? []
      : [{ input: "access", got: Object.keys(access) }],
  needs: ({ switch: name, needs }: NeedsRow, { access }) =>
    access?.[name] === true && !needs.some((field) => isSet(access[field]))
      ? [{ input: `access.${name}`, got: true }]
      : [],
  readable: (_rule, _props, { unreadable }) => unreadable.map((shown) => ({ input: CONTAINERS, shown })),
  containersAtMost: ({ containersAtMost }: TaskSizeRow, _props, { sizes }) =>
    sizes.filter((size) => size > containersAtMost).map((size) => ({ input: CONTAINERS, shown: `${size} containers` })),
  shapes: (_rule, _props, { misshapen }) =>
    misshapen.map(({ container, field, what }) => ({ input: inputOf(container, field), shown: what })),
  containers: ({ containers, format }: ContainersRow, _props, { values }) =>
    values
      .filter(({ kind, value }) => kind === containers && !isUnknown(value) && !hasFormat(format, value))
      .map(({ container, field, value }) => {
        const input = inputOf(container, field);
        return value === undefined ? { input, shown: "nothing" } : { input, got: value };
      }),
  policyCharacters: ({ policyCharacters }: PolicyRow, { access }, containers) => {
    if (access === undefined || !canBeTooLong(access, containers)) {
      return [];
    }
    const good = knownGood(access);
    const size = policyDocumentSize(good, grantsOf(good, SOMEWHERE, containers));
    return size > policyCharacters ? [{ input: "access", shown: `a policy of ${size} characters` }] : [];
  },
  offenders: ({ offenders }: HandWrittenRow, props) => offenders(props),
};

function inputOf(container: string, field: string): string {
  return `${CONTAINERS}["${container}"]${field && `.${field}`}`;
}

/** Whether a value in container definitions matches its format. */
export function hasFormat({ where, ...format }: ValueFormat, value: unknown): boolean {
  return (where && typeof value === "string" && !where.test(value.toLowerCase())) || conforms(format, value);
}

function isSet(value: unknown): boolean {
  return Boolean(value) && asList(value).length > 0;
}

function textsOf(each: EachRow["each"], props: Props): { readonly input: string; readonly got: unknown }[] {
  if ("keys" in each) {
    return entries<unknown>(props[each.keys]).map(([key]) => ({ input: each.keys, got: mark<unknown>(key) }));
  }
  if ("values" in each) {
    return entries<unknown>(props[each.values]).map(([key, got]) => ({ input: `${each.values}["${key}"]`, got }));
  }
  return asList(valueAt(props, each.elements)).map((got) => ({ input: each.elements, got }));
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

function isGood({ format, never }: EachRow, got: unknown): boolean {
  return (format === undefined || conforms(format, got)) && (never === undefined || !matches(never, got));
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
    asList(access[field]).filter((arn) => matches(LIST_FIELDS[field].pattern, arn)),
  ]);
  return { ...access, ...Object.fromEntries(lists) };
}

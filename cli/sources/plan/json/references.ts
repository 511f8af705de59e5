import {
  type ConfiguredBlock,
  type ConfiguredCall,
  type ConfiguredModule,
  type Expression,
  type Expressions,
  nameOf,
  type Plan,
  type PlannedResource,
  typeOf,
} from "./plan-json";

/** What a reference leads to: a resource, a data source, a whole module, or a local value, which a plan does not describe. */
export interface Target {
  readonly modules: readonly string[];
  /** `local` or `module` for these. */
  readonly type: string;
  readonly name: string;
  /** Its key, as written in the configuration. */
  readonly key?: string;
  readonly attribute?: string;
  /** Whether the reference uses the key of the block that it is in. */
  readonly isByKey: boolean;
}

/** The planned resources of a type that an argument of a resource refers to, directly or through modules. */
export function referredTo(plan: Plan, from: PlannedResource, argument: string, type: string): PlannedResource[] {
  const targets = targetsOf(plan, from, [configured(plan, from)[argument]]).filter((one) => one.type === type);
  return instancesOf(plan, from, targets);
}

/** What expressions in the block of a resource refer to, directly, through modules or through its `for_each`. */
export function targetsOf(
  plan: Plan,
  from: PlannedResource,
  expressions: readonly (Expression | undefined)[],
): Target[] {
  return withEach(expressions, blockOf(plan, from)).flatMap((expression) =>
    follow(plan, from.modules.map(nameOf), expression),
  );
}

/** Expressions in a block, and its `for_each` if they use `each.value`. */
function withEach(
  expressions: readonly (Expression | undefined)[],
  block: Pick<ConfiguredBlock, "for_each_expression"> | undefined,
): (Expression | undefined)[] {
  const isOfEach = expressions.some((one) => one?.references?.some((reference) => OWN_VALUE.test(reference)));
  return isOfEach ? [...expressions, block?.for_each_expression] : [...expressions];
}

/** The planned resources among the targets of references in the block of a resource. */
export function instancesOf(plan: Plan, from: PlannedResource, targets: readonly Target[]): PlannedResource[] {
  const found = plan.resources.filter((one) => targets.some((target) => isOf(one, target)));
  const near = nearest(found, (one) => sharesModules(one, from));
  return targets.every(({ isByKey }) => isByKey) ? nearest(near, ({ index }) => index === from.index) : near;
}

function nearest<T>(all: readonly T[], isNear: (one: T) => boolean): T[] {
  const near = all.filter(isNear);
  return near.length > 0 ? near : [...all];
}

/** The provider of a resource with its alias, such as `aws.west`. */
export function providerOf(plan: Plan, of: PlannedResource): string | undefined {
  return blockOf(plan, of)?.provider_config_key?.split(":").at(-1);
}

/** The arguments that the configuration sets. A plan also has values that the provider read. */
export function configured(plan: Plan, of: PlannedResource): Expressions {
  return blockOf(plan, of)?.expressions ?? {};
}

/** The block of the configuration that a resource is an instance of. */
export function blockOf(plan: Plan, { modules, type, name }: PlannedResource): ConfiguredBlock | undefined {
  const { resources = [] } = moduleAt(plan, modules.map(nameOf)) ?? {};
  return resources.find((one) => typeOf(one) === type && one.name === name);
}

/** The call of a module. */
export function callOf(plan: Plan, modules: readonly string[]): ConfiguredCall {
  return moduleAt(plan, modules.slice(0, -1))?.module_calls?.[nameOf(modules.at(-1) ?? "")] ?? {};
}

function moduleAt({ configuration }: Plan, modules: readonly string[]): ConfiguredModule | undefined {
  return modules.reduce<ConfiguredModule | undefined>(
    (module, name) => module?.module_calls?.[nameOf(name)]?.module,
    configuration.root_module,
  );
}

/** The kinds of references, and how to follow them; the first that matches applies. */
const REFERENCES: readonly {
  readonly pattern: RegExp;
  readonly lead: (plan: Plan, modules: readonly string[], match: readonly string[], isByKey: boolean) => Target[];
}[] = [
  {
    pattern: /^module\.([\w-]+(?:\[.*?\])?)\.([\w-]+)/,
    lead: (plan, modules, [, name = "", output = ""]) => {
      const inside = [...modules, name];
      return follow(plan, inside, moduleAt(plan, inside)?.outputs?.[output]?.expression);
    },
  },
  {
    pattern: /^var\.([\w-]+)/,
    lead: (plan, modules, [, name = ""]) => {
      const call = callOf(plan, modules);
      const around = modules.slice(0, -1);
      return withEach([call.expressions?.[name]], call).flatMap((expression) => follow(plan, around, expression));
    },
  },
  {
    pattern: /^module\.([\w-]+)/,
    lead: (_plan, modules, [, name = ""], isByKey) => [{ modules: [...modules, name], type: "module", name, isByKey }],
  },
  { pattern: /^(?:each|count|path|self|terraform)\./, lead: () => [] },
  {
    pattern: /^((?:data\.)?[a-z]\w*)\.([\w-]+)(?:\[(.*?)\])?(?:\.(\w+))?/,
    lead: (_plan, modules, [, type = "", name = "", key, attribute], isByKey) => [
      { modules, type, name, isByKey, ...(key !== undefined && { key }), ...(attribute && { attribute }) },
    ],
  },
];

function follow(plan: Plan, modules: readonly string[], expression: Expression | undefined): Target[] {
  const references = expression?.references ?? [];
  const isByKey = references.some((one) => OWN_KEY.test(one)) && !references.some((one) => OWN_VALUE.test(one));
  // Terraform also lists the beginning of a reference: `aws_iam_role.one["a"].arn`, `aws_iam_role.one["a"]`, `aws_iam_role.one`.
  const whole = references.filter(
    (one) => !references.some((other) => BEGINS.some((next) => other.startsWith(one + next))),
  );
  return whole.flatMap((reference) => {
    const kind = REFERENCES.find(({ pattern }) => pattern.test(reference));
    return kind?.lead(plan, modules, reference.match(kind.pattern) ?? [], isByKey) ?? [];
  });
}

const OWN_KEY = /^(each\.key|count\.index)$/;
const OWN_VALUE = /^each\.value/;
const BEGINS = [".", "["];

function isOf({ modules, type, name, index }: PlannedResource, target: Target): boolean {
  const isSameModule =
    modules.length === target.modules.length &&
    target.modules.every((module, at) => module === modules[at] || module === nameOf(modules[at] ?? ""));
  // `each.key` and similar keys do not identify the instance.
  const names = target.key !== undefined && /^("|\d)/.test(target.key);
  return (
    isSameModule && type === target.type && name === target.name && (!names || target.key === JSON.stringify(index))
  );
}

/** A reference stays in its instance of a module. */
function sharesModules(one: PlannedResource, other: PlannedResource): boolean {
  const shared = one.modules.filter((module, at) => nameOf(module) === nameOf(other.modules[at] ?? ""));
  return shared.every((module, at) => module === other.modules[at]);
}

import type {
  ConfiguredBlock,
  ConfiguredModule,
  Expression,
  Expressions,
  PlanJson,
  PlannedResource,
} from "./plan-json";
import { nameOf } from "./plan-json";

/** A resource in the configuration, with the keys in a reference. */
interface Target {
  readonly modules: readonly string[];
  readonly type: string;
  readonly name: string;
  /** Its key, as written in the configuration. */
  readonly key?: string;
}

/** The planned resources of a type that an argument of a resource refers to, directly or through modules. */
export function referredTo(
  plan: PlanJson,
  all: readonly PlannedResource[],
  from: PlannedResource,
  argument: string,
  type: string,
): PlannedResource[] {
  const modules = from.modules.map(nameOf);
  const targets = follow(plan, modules, configured(plan, from)[argument]).filter((one) => one.type === type);
  const found = all.filter((one) => targets.some((target) => isOf(one, target)));
  const nearest = found.filter((one) => sharesKeys(one, from));
  return nearest.length > 0 ? nearest : found;
}

/** The arguments that the configuration sets. A plan also has values that the provider read. */
export function configured(plan: PlanJson, of: PlannedResource): Expressions {
  return blockOf(plan, of)?.expressions ?? {};
}

/** The block of the configuration that a resource is an instance of. */
export function blockOf(plan: PlanJson, { modules, type, name }: PlannedResource): ConfiguredBlock | undefined {
  const { resources = [] } = moduleAt(plan, modules.map(nameOf)) ?? {};
  return resources.find((one) => one.type === type && one.name === name);
}

function moduleAt({ configuration }: PlanJson, modules: readonly string[]): ConfiguredModule | undefined {
  return modules.reduce<ConfiguredModule | undefined>(
    (module, name) => module?.module_calls?.[nameOf(name)]?.module,
    configuration.root_module,
  );
}

/** The kinds of references, and how to follow them. */
const REFERENCES: readonly {
  readonly pattern: RegExp;
  readonly lead: (plan: PlanJson, modules: readonly string[], match: readonly string[]) => Target[];
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
      const around = modules.slice(0, -1);
      const call = moduleAt(plan, around)?.module_calls?.[nameOf(modules.at(-1) ?? "")];
      return follow(plan, around, call?.expressions?.[name]);
    },
  },
  {
    pattern: /^(aws_\w+)\.([\w-]+)(?:\[(.*?)\])?/,
    lead: (_plan, modules, [, type = "", name = "", key]) => [
      { modules, type, name, ...(key !== undefined && { key }) },
    ],
  },
];

function follow(plan: PlanJson, modules: readonly string[], expression: Expression | undefined): Target[] {
  return (expression?.references ?? []).flatMap((reference) =>
    REFERENCES.flatMap(({ pattern, lead }) => {
      const match = reference.match(pattern);
      return match ? lead(plan, modules, match) : [];
    }),
  );
}

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

/** Instances with the same keys belong together. */
function sharesKeys(one: PlannedResource, other: PlannedResource): boolean {
  const shared = one.modules.filter((module, at) => nameOf(module) === nameOf(other.modules[at] ?? ""));
  const isSameModule = shared.every((module, at) => module === other.modules[at]);
  const keys = [one.index, other.index].filter((key) => key !== undefined);
  return isSameModule && (keys.length < 2 || keys[0] === keys[1]);
}

import { expressionsIn, hasUnknown, isUnknown, type Plan, type PlannedResource } from "./plan-json";
import { blockOf, callOf, configured, instancesOf, type Target, targetsOf } from "./references";

/**
 * The addresses of the resources whose values an argument needs and that are not known until apply. A plan does not say
 * what a local value refers to: in a module, it may be any argument of the module; in the root module, anything to which
 * no block refers directly.
 */
export function waitsFor(plan: Plan, from: PlannedResource, argument: string): string[] {
  const found = addressesOf({ plan, found: new Map() }, from, configured(plan, from)[argument]);
  return [...new Set(found)].sort();
}

interface Search {
  readonly plan: Plan;
  /** What data sources and modules wait for. */
  readonly found: Map<string, string[]>;
}

/** @param expressions an expression, or blocks of expressions. */
function addressesOf(search: Search, from: PlannedResource, expressions: unknown): string[] {
  const { plan } = search;
  return targetsOf(plan, from, expressionsIn(expressions)).flatMap((target) => {
    if (target.type === "local" || target.type === "module") {
      const found = ofModule(search, from, target.modules);
      return found.length > 0 || target.type === "module" ? found : ofLocal(search, target);
    }
    const unknown = instancesOf(plan, from, [target]).filter((one) => isUnknownBeforeApply(plan, one, target));
    return unknown.flatMap((one) => (one.type.startsWith("data.") ? ofData(search, one) : [one.address]));
  });
}

/** Whether what a reference takes from a resource is not known until apply. */
function isUnknownBeforeApply(plan: Plan, one: PlannedResource, { attribute = "" }: Target): boolean {
  const { after_unknown: unknown = {} } =
    plan.resource_changes?.find(({ address }) => address === one.address)?.change ?? {};
  return attribute in unknown || attribute in one.values ? isUnknown(plan, one, attribute) : hasUnknown(unknown);
}

/** A data source waits for what its arguments wait for. */
function ofData(search: Search, data: PlannedResource): string[] {
  const { expressions, depends_on: references = [] } = blockOf(search.plan, data) ?? {};
  const found = once(search, data.address, () => addressesOf(search, data, { expressions, depends: { references } }));
  const ofInputs = found.length > 0 ? [] : ofModule(search, data, data.modules);
  return found.length + ofInputs.length > 0 ? [...found, ...ofInputs] : [data.address];
}

/** A value of a module waits for the arguments of the module. */
function ofModule(search: Search, from: PlannedResource, modules: readonly string[]): string[] {
  const around = { ...from, modules: from.modules.slice(0, modules.length - 1) };
  const { expressions, for_each_expression: each } = callOf(search.plan, modules);
  return once(search, `module ${modules.join(".")}`, () => addressesOf(search, around, [expressions, each]));
}

/** A local value stands for itself and, in the root module, for every value that no block refers to directly. */
function ofLocal({ plan }: Search, { modules, name }: Target): string[] {
  const itself = [...modules.flatMap((module) => ["module", module]), "local", name].join(".");
  return modules.length > 0 ? [itself] : [itself, ...indirectIn(plan)];
}

function indirectIn(plan: Plan): string[] {
  const { resources, outputs, module_calls: calls = {} } = plan.configuration.root_module;
  const inputs = Object.values(calls).map(({ expressions, for_each_expression: each }) => [expressions, each]);
  const direct = expressionsIn([resources, outputs, inputs]).flatMap(({ references = [] }) => references);
  const indirect = (plan.relevant_attributes ?? [])
    .map(({ resource, attribute: [attribute] }) => ({ resource, attribute: String(attribute) }))
    .filter(({ resource, attribute }) => !direct.includes(`${resource}.${attribute}`));
  return plan.resources
    .filter(({ modules, type }) => modules.length === 0 && !type.startsWith("data."))
    .filter((one) =>
      indirect.some(({ resource, attribute }) => resource === one.address && isUnknown(plan, one, attribute)),
    )
    .map(({ address }) => address);
}

/** Modules can refer to each other. */
function once({ found }: Search, name: string, find: () => string[]): string[] {
  const before = found.get(name);
  if (before) {
    return before;
  }
  found.set(name, []);
  const addresses = find();
  found.set(name, addresses);
  return addresses;
}

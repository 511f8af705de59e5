/** The output of `terraform show -json` for a plan; only the parts that are read here. */
export interface PlanJson {
  /** Terraform 1.6 and later also save a plan that ended in an error. */
  readonly errored?: boolean;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly planned_values: { readonly root_module: PlannedModule };
  readonly prior_state?: { readonly values?: { readonly root_module?: PlannedModule } };
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type?: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before?: Readonly<Record<string, unknown>> | null;
      readonly after?: Readonly<Record<string, unknown>> | null;
      readonly after_unknown?: Readonly<Record<string, unknown>>;
    };
  }[];
  /** The attributes that the changes need, in whatever way the configuration refers to them. */
  readonly relevant_attributes?: readonly { readonly resource: string; readonly attribute: readonly unknown[] }[];
  readonly configuration: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Expressions }>>;
    readonly root_module: ConfiguredModule;
  };
}

interface PlannedModule {
  readonly address?: string;
  readonly resources?: readonly PlannedBlock[];
  readonly child_modules?: readonly PlannedModule[];
}

interface PlannedBlock {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  /** Missing if no value is known before the apply. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface ConfiguredModule {
  readonly outputs?: Readonly<Record<string, { readonly expression?: Expression }>>;
  readonly resources?: readonly ConfiguredBlock[];
  readonly module_calls?: Readonly<Record<string, ConfiguredCall>>;
}

/** The call of a module. */
export interface ConfiguredCall {
  readonly expressions?: Expressions;
  readonly for_each_expression?: Expression;
  readonly module?: ConfiguredModule;
}

export interface ConfiguredBlock {
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string;
  readonly expressions?: Expressions;
  readonly for_each_expression?: Expression;
  readonly depends_on?: readonly string[];
}

export type Expressions = Readonly<Record<string, Expression | undefined>>;

export interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

/** A resource in a plan, or a data source, whose type begins with `data.`. */
export interface PlannedResource extends PlannedBlock {
  readonly values: Readonly<Record<string, unknown>>;
  /** The modules that contain it, each with its key: `role["a"]`. */
  readonly modules: readonly string[];
}

export interface Plan extends PlanJson {
  /** All resources, in all modules, and the data sources that Terraform reads during the apply. */
  readonly resources: readonly PlannedResource[];
  /** All resources and data sources that Terraform has read. */
  readonly read: readonly PlannedResource[];
}

export function planOf(json: PlanJson): Plan {
  const { planned_values, prior_state } = json;
  const read = resourcesIn(prior_state?.values?.root_module ?? {});
  return { ...json, resources: resourcesIn(planned_values.root_module), read };
}

function resourcesIn({ address = "", resources = [], child_modules = [] }: PlannedModule): PlannedResource[] {
  const modules = modulesOf(address);
  return [
    ...resources.map((resource) => ({ ...resource, type: typeOf(resource), values: resource.values ?? {}, modules })),
    ...child_modules.flatMap(resourcesIn),
  ];
}

/** A data source can have the type and the name of a resource. */
export const typeOf = ({ mode, type }: Pick<PlannedBlock, "mode" | "type">): string =>
  mode === "data" ? `data.${type}` : type;

/** The parts of an argument that are not known until apply: `true`, or the structure of its value with `true` in it. */
export function afterUnknown(
  { resource_changes = [] }: PlanJson,
  { address }: PlannedBlock,
  argument: string,
): unknown {
  return resource_changes.find((one) => one.address === address)?.change.after_unknown?.[argument];
}

/** The part of what {@link afterUnknown} returns about a member of a value. */
export const maskOf = (mask: unknown, member: string | number): unknown =>
  mask === true || (typeof mask === "object" && mask !== null && (mask as Record<string, unknown>)[member]);

/** Whether an argument is not known until apply, as a whole or in part. */
export function isUnknown(plan: PlanJson, of: PlannedBlock, argument: string): boolean {
  return hasUnknown(afterUnknown(plan, of, argument));
}

/** The expressions in a part of a configuration. */
export function expressionsIn(node: unknown): Expression[] {
  if (typeof node !== "object" || node === null) {
    return [];
  }
  return "references" in node ? [node as Expression] : Object.values(node).flatMap(expressionsIn);
}

/** The blocks of a resource, each with what is not known of it. If all are unknown, one stands for them. */
export function blocksIn<Block extends object>(
  plan: PlanJson,
  of: PlannedResource,
  argument: string,
): { readonly block: Block; readonly mask: unknown }[] {
  const masks = afterUnknown(plan, of, argument);
  const blocks = (masks === true ? [{}] : (of.values[argument] ?? [])) as Block[];
  return blocks.map((block, at) => ({ block, mask: maskOf(masks, at) }));
}

/** Whether a part of what {@link afterUnknown} returns is not known. */
export function hasUnknown(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.values(value).some(hasUnknown) : value === true;
}

/** The modules in an address such as `module.roles["a.b"].module.role`. */
function modulesOf(address: string): string[] {
  return [...address.matchAll(/module\.([\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)/g)].map(([, module = ""]) => module);
}

/** A module's name without its key. */
export const nameOf = (module: string): string => module.replace(/\[.*$/s, "");

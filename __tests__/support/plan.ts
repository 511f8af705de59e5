import type { PlanJson } from "../../cli/sources/plan/json/plan-json";

/** A resource that the plan creates. */
export interface Resource {
  readonly address: string;
  readonly values: object;
  readonly index?: string;
  /** The references in the arguments of the configuration. */
  readonly refers?: Readonly<Record<string, readonly string[]>>;
  readonly provider?: string;
  readonly unknown?: object;
}

/** A plan as `terraform show -json` prints it; only the parts that the command reads. */
export function plan(resources: readonly Resource[], more: object = {}): PlanJson {
  const named = resources.map((one) => {
    const [mode] = one.address.match(/^data(?=\.)/) ?? [];
    const [type = "", name = ""] = one.address.replace(/^data\.|\[.*$/g, "").split(".");
    return { ...(mode && { mode }), type, name, ...one };
  });
  return {
    planned_values: { root_module: { resources: named } },
    resource_changes: named.map(({ address, unknown = {} }) => ({
      address,
      change: { actions: ["create"], before: null, after_unknown: unknown },
    })),
    configuration: {
      provider_config: { aws: { expressions: { region: { constant_value: "us-east-1" } } } },
      root_module: {
        resources: named.map(({ mode, type, name, refers = {}, provider = "aws" }) => ({
          ...(mode && { mode }),
          type,
          name,
          provider_config_key: provider,
          expressions: Object.fromEntries(Object.entries(refers).map(([key, references]) => [key, { references }])),
        })),
      },
    },
    ...more,
  } as unknown as PlanJson;
}

/** A reference to an attribute, as the configuration in a plan lists it. */
export const referTo = (attribute: string) => [attribute, attribute.replace(/\.\w+$/, "")];

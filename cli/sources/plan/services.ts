import type { LogConfiguration } from "@aws-sdk/client-ecs";
import type { PlanJson, PlannedResource } from "./plan-json";
import { referredTo } from "./references";

/** The services in a plan that run a task definition. */
export function servicesOf(
  plan: PlanJson,
  all: readonly PlannedResource[],
  definition: PlannedResource,
): PlannedResource[] {
  const { arn, family } = definition.values;
  return all.filter(
    (one) =>
      one.type === "aws_ecs_service" &&
      ([arn, family].includes(one.values.task_definition ?? NONE) ||
        referredTo(plan, all, one, "task_definition", "aws_ecs_task_definition").includes(definition)),
  );
}

const NONE = Symbol("no task definition");

/** The log configuration of a service's Service Connect proxy. */
export function connectLogsOf({
  address: service,
  values,
}: PlannedResource): { service: string; log: LogConfiguration }[] {
  const blocks = (values.service_connect_configuration ?? []) as ConnectBlock[];
  return blocks
    .filter(({ enabled }) => enabled)
    .flatMap(({ log_configuration = [] }) => log_configuration)
    .map(({ log_driver: logDriver, options, secret_option: secrets = [] }) => ({
      service,
      log: {
        logDriver,
        ...(options && { options }),
        secretOptions: secrets.map(({ name, value_from: valueFrom }) => ({ name, valueFrom })),
      },
    }));
}

interface ConnectBlock {
  readonly enabled: boolean;
  readonly log_configuration?: readonly {
    readonly log_driver: NonNullable<LogConfiguration["logDriver"]>;
    readonly options?: Record<string, string> | null;
    readonly secret_option?: readonly { readonly name: string; readonly value_from: string }[];
  }[];
}

import type { LogConfiguration } from "@aws-sdk/client-ecs";
import type { UnknownField } from "../../needs/unknown-field";
import { blocksIn, hasUnknown, isUnknown, maskOf, type Plan, type PlannedResource } from "./json/plan-json";
import { referredTo } from "./json/references";
import { waitsFor } from "./json/waits-for";

/** The services in a plan that run a task definition. */
export function servicesOf(plan: Plan, definition: PlannedResource): PlannedResource[] {
  return servicesIn(plan).filter((service) => definitionsOf(plan, service).includes(definition));
}

const servicesIn = ({ resources }: Plan) => resources.filter(({ type }) => type === "aws_ecs_service");

const found = new WeakMap<PlannedResource, readonly PlannedResource[]>();

/** The task definitions that a service runs, as far as the plan shows them; worked out once. */
function definitionsOf(plan: Plan, service: PlannedResource): readonly PlannedResource[] {
  const definitions = found.get(service) ?? findDefinitions(plan, service);
  found.set(service, definitions);
  return definitions;
}

function findDefinitions(plan: Plan, service: PlannedResource): PlannedResource[] {
  const name = service.values.task_definition ?? NONE;
  const isNamed = ({ type, values: { arn, family } }: PlannedResource) =>
    type === TASK_DEFINITION && [arn, family].includes(name);
  return [...plan.resources.filter(isNamed), ...referredTo(plan, service, "task_definition", TASK_DEFINITION)];
}

const TASK_DEFINITION = "aws_ecs_task_definition";
const NONE = Symbol("no task definition");

/** The services whose task definition a plan does not show, and that may run this one: those of its module, or of any. */
export function perhapsServicesOf(plan: Plan, definition: PlannedResource): PlannedResource[] {
  const definitions = plan.resources.filter(({ type }) => type === definition.type);
  return servicesIn(plan).filter((service) => {
    const near = definitions.filter((one) => one.modules.join() === service.modules.join());
    return (
      isUnknown(plan, service, "task_definition") &&
      definitionsOf(plan, service).length === 0 &&
      (near.length > 0 ? near : definitions).includes(definition)
    );
  });
}

const CONNECT = "service_connect_configuration";

/** The log configuration of a service's Service Connect proxy. */
export function connectLogsOf(plan: Plan, service: PlannedResource): { service: string; log: LogConfiguration }[] {
  return proxiesOf(plan, service)
    .filter(({ isKnown }) => isKnown)
    .flatMap(({ block: { enabled, log_configuration: logs = [] } }) => (enabled ? logs : []))
    .map(({ log_driver: logDriver, options, secret_option: secrets = [] }) => ({
      service: service.address,
      log: {
        logDriver,
        ...(options && { options }),
        secretOptions: secrets.map(({ name, value_from: valueFrom }) => ({ name, valueFrom })),
      },
    }));
}

/** What a service adds if it runs the task definition, which a plan does not show. */
export function perhapsLogsOf(plan: Plan, service: PlannedResource): UnknownField[] {
  const hasLogs = proxiesOf(plan, service).some(({ block, isKnown }) => !isKnown || block.log_configuration?.length);
  return hasLogs ? [unknownPart(plan, service, "task_definition")] : [];
}

/** The log configuration of the proxy if a part of it is not known. */
export function unknownLogsOf(plan: Plan, service: PlannedResource): UnknownField[] {
  return proxiesOf(plan, service)
    .filter(({ isKnown }) => !isKnown)
    .map(() => unknownPart(plan, service, CONNECT));
}

function unknownPart(plan: Plan, service: PlannedResource, field: string): UnknownField {
  return {
    container: `Service Connect of ${service.address}`,
    field,
    waitsFor: waitsFor(plan, service, field),
    mayNeed: ["logGroups", "createLogGroups", "secrets", "referencedSecrets", "parameters", "decryptionKeys"],
  };
}

function proxiesOf(plan: Plan, service: PlannedResource) {
  return blocksIn<ConnectBlock>(plan, service, CONNECT).map(({ block, mask }) => ({
    block,
    isKnown: !["enabled", "log_configuration"].some((name) => hasUnknown(maskOf(mask, name))),
  }));
}

interface ConnectBlock {
  readonly enabled?: boolean;
  readonly log_configuration?: readonly {
    readonly log_driver: NonNullable<LogConfiguration["logDriver"]>;
    readonly options?: Record<string, string> | null;
    readonly secret_option?: readonly { readonly name: string; readonly value_from: string }[];
  }[];
}

import type { TaskLocation } from "../../../modules/ecs-task-execution-role/permissions/container-grants";
import type { Plan, PlannedResource } from "./json/plan-json";
import { providerOf } from "./json/references";

/** The ARNs of resources that tasks name, by type, with the arguments in them. */
const ARNS: Readonly<Record<string, string>> = {
  aws_ecr_repository: "arn:{partition}:ecr:{region}:{account}:repository/{name}",
  aws_cloudwatch_log_group: "arn:{partition}:logs:{region}:{account}:log-group:{name}",
  aws_s3_bucket: "arn:{partition}:s3:::{bucket}",
  aws_s3_object: "arn:{partition}:s3:::{bucket}/{key}",
  aws_secretsmanager_secret: "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-??????",
  aws_ssm_parameter: "arn:{partition}:ssm:{region}:{account}:parameter/{name}",
};

/** The ARNs of what a plan creates with the provider of a task definition, as far as they are known. */
export function createdIn(plan: Plan, definition: PlannedResource, at: TaskLocation): string[] {
  const creating = (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes("create"));
  const addresses = new Set(creating.map(({ address }) => address));
  return plan.resources
    .filter((one) => addresses.has(one.address) && providerOf(plan, one) === providerOf(plan, definition))
    .flatMap((one) => arnOf(one, at) ?? []);
}

function arnOf({ type, values }: PlannedResource, location: TaskLocation): string | undefined {
  const known: PlannedResource["values"] = { ...values, ...location };
  const parts = ARNS[type]?.split(/[{}]/).map((part, at) => (at % 2 === 0 ? part : known[part]));
  // The name of a parameter can begin with a slash.
  return parts?.every((part) => typeof part === "string")
    ? parts.join("").replace(":parameter//", ":parameter/")
    : undefined;
}

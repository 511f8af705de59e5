import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import { CouldNotCheck } from "../../could-not-check";
import { type PlanJson, type PlannedResource, readResources } from "./plan-json";
import { blockOf } from "./references";

/** The account and the Region of a task definition. */
export async function locationOf(
  plan: PlanJson,
  definition: PlannedResource,
  region: () => Promise<string>,
): Promise<TaskLocation> {
  return { ...accountOf(plan, definition), region: regionOf(plan, definition) ?? (await region()) };
}

/** Version 6 of the AWS provider sets the Region of each resource, even if the configuration does not. */
function regionOf(plan: PlanJson, definition: PlannedResource): string | undefined {
  const providers = plan.configuration.provider_config ?? {};
  const provider = providers[blockOf(plan, definition)?.provider_config_key ?? "aws"] ?? providers.aws;
  const { constant_value: constant, references = [] } = provider?.expressions?.region ?? {};
  const variables = references.map((one) => plan.variables?.[one.replace(/^var\./, "")]?.value);
  return [definition.values.region, constant, ...variables].find((one) => typeof one === "string");
}

const ROLE = /arn:(aws[a-z-]*):iam::([0-9]{12}):role\//;
const ANY = /arn:(aws[a-z-]*):[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}):/;

/** Without data.aws_caller_identity, the account comes from the ARNs in the plan, role ARNs first. */
function accountOf(plan: PlanJson, { values }: PlannedResource): Pick<TaskLocation, "partition" | "account"> {
  const identity = readResources(plan).find(({ type }) => type === "aws_caller_identity")?.values;
  const texts = [[values.execution_role_arn, values.task_role_arn], plan.planned_values].map((one) =>
    JSON.stringify(one),
  );
  const matches = [ROLE, ANY].flatMap((pattern) => texts.map((text) => text.match(pattern)));
  const [, partition = "aws", inArn] = matches.find((match) => match !== null) ?? [];
  const account = identity ? String(identity.account_id) : inArn;
  if (account === undefined) {
    throw new CouldNotCheck(
      'the plan contains no account ID; add data "aws_caller_identity" "current" {} to the configuration',
    );
  }
  return { partition, account };
}

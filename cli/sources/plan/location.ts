import type { TaskLocation } from "../../../modules/ecs-task-execution-role/permissions/container-grants";
import { CouldNotCheck } from "../../could-not-check";
import type { Plan, PlannedResource } from "./json/plan-json";
import { providerOf } from "./json/references";

/**
 * The account and the Region of a task definition.
 *
 * @throws CouldNotCheck if the plan does not contain the Region.
 */
export async function locationOf(
  plan: Plan,
  definition: PlannedResource,
  region: () => Promise<string>,
): Promise<TaskLocation> {
  return { ...accountOf(plan, definition), region: regionOf(plan, definition) ?? (await region()) };
}

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d$/;

/** Version 6 of the AWS provider sets the Region of each resource. Otherwise it is that of the provider, if set there. */
function regionOf(plan: Plan, definition: PlannedResource): string | undefined {
  if (typeof definition.values.region === "string") {
    return definition.values.region;
  }
  const provider = providerOf(plan, definition) ?? "aws";
  const { region } = plan.configuration.provider_config?.[provider]?.expressions ?? {};
  if (region === undefined) {
    return undefined;
  }
  const [reference = "", ...others] = region.references ?? [];
  const variable = others.length === 0 ? plan.variables?.[reference.replace(/^var\./, "")]?.value : undefined;
  const { name, region: ofData } = readWith(plan, definition, "data.aws_region") ?? {};
  const value = [region.constant_value, variable, ofData, name].find((one) => REGION.test(String(one)));
  if (value === undefined) {
    throw new CouldNotCheck(
      `the plan does not show the Region of provider ${provider}; add data "aws_region" "current" {} to the configuration`,
    );
  }
  return String(value);
}

const ROLE = /arn:(aws[a-z-]*):iam::([0-9]{12}):role\//;
const ACCOUNT = /(?<![0-9a-z])([0-9]{12})(?![0-9a-z])/i;
const ANY = /arn:(aws[a-z-]*):[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}):/;

/** Any account: if the plan contains no account ID, its policies cannot distinguish one from another. */
const ANY_ACCOUNT = "000000000000";

/** The account of the task definition's roles, otherwise of the provider, otherwise any account ID in the plan. */
function accountOf(plan: Plan, definition: PlannedResource): Pick<TaskLocation, "partition" | "account"> {
  const { execution_role_arn: executionRole, task_role_arn: taskRole } = definition.values;
  const planned = JSON.stringify(plan.planned_values);
  const identity = readWith(plan, definition, "data.aws_caller_identity")?.account_id;
  const ofIdentity = identity === undefined ? "" : `arn:${partitionIn(planned)}:iam::${identity}:role/`;
  const texts = [JSON.stringify([executionRole, taskRole]), ofIdentity, planned];
  const matches = [...texts.map((text) => text.match(ROLE)), planned.match(ANY)];
  const [, partition = partitionIn(planned), account] = matches.find((match) => match !== null) ?? [];
  return { partition, account: account ?? planned.match(ACCOUNT)?.[1] ?? ANY_ACCOUNT };
}

/** What a data source has read with the same provider. */
function readWith(plan: Plan, definition: PlannedResource, type: string): PlannedResource["values"] | undefined {
  const provider = providerOf(plan, definition);
  return plan.read.find((one) => one.type === type && providerOf(plan, one) === provider)?.values;
}

function partitionIn(text: string): string {
  return text.match(/arn:(aws[a-z-]*):/)?.[1] ?? "aws";
}

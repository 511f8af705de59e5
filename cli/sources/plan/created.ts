import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import type { Plan, PlannedResource } from "./json/plan-json";
import { providerOf } from "./json/references";

type Values = PlannedResource["values"];

/** The ARNs of resources that tasks name, by type, with the arguments in them. */
const ARNS: Readonly<
  Record<string, { readonly needs: readonly string[]; readonly arn: (values: Values, at: TaskLocation) => string }>
> = {
  aws_ecr_repository: {
    needs: ["name"],
    arn: ({ name }, { partition, region, account }) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`,
  },
  aws_cloudwatch_log_group: {
    needs: ["name"],
    arn: ({ name }, { partition, region, account }) => `arn:${partition}:logs:${region}:${account}:log-group:${name}`,
  },
  aws_s3_bucket: { needs: ["bucket"], arn: ({ bucket }, { partition }) => `arn:${partition}:s3:::${bucket}` },
  aws_s3_object: {
    needs: ["bucket", "key"],
    arn: ({ bucket, key }, { partition }) => `arn:${partition}:s3:::${bucket}/${key}`,
  },
  aws_secretsmanager_secret: {
    needs: ["name"],
    arn: ({ name }, { partition, region, account }) =>
      `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`,
  },
  aws_ssm_parameter: {
    needs: ["name"],
    arn: ({ name }, { partition, region, account }) =>
      `arn:${partition}:ssm:${region}:${account}:parameter/${String(name).replace(/^\//, "")}`,
  },
};

/** The ARNs of what a plan creates with the provider of a task definition, as far as they are known. */
export function createdIn(plan: Plan, definition: PlannedResource, at: TaskLocation): string[] {
  const creating = (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes("create"));
  const addresses = new Set(creating.map(({ address }) => address));
  return plan.resources
    .filter((one) => addresses.has(one.address) && providerOf(plan, one) === providerOf(plan, definition))
    .flatMap(({ type, values }) => {
      const { needs, arn } = ARNS[type] ?? { needs: [""], arn: () => "" };
      return needs.every((argument) => typeof values[argument] === "string") ? [arn(values, at)] : [];
    });
}

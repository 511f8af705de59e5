import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { assumeRoleStatement } from "../../modules/ecs-task-execution-role/resources/assume-role-document";
import { SOMEWHERE } from "../../modules/ecs-task-execution-role/synth/policy-size";
import { FIELD_CALLS, type FieldCalls, MORE_CALLS } from "../support/calls";
import { statementsOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

describe("the statements of the access policy", () => {
  test.each(Object.entries<FieldCalls>({ ...FIELD_CALLS, ...MORE_CALLS }))(
    "allow only the actions that ECS calls for %s",
    (_field, { access, allowed }) => {
      const actions = statementsOf(access, SOMEWHERE).flatMap((statement) => statement.actions);
      expect(new Set(actions)).toEqual(new Set(allowed.map(({ action }) => action)));
    },
  );

  test("allow only the repository of the GuardDuty agent, in the given partition", () => {
    const [, agent] = statementsOf({ guardDutyAgent: true }, { partition: "aws-cn", region: "", account: "" });
    expect(agent?.resources).toEqual(["arn:aws-cn:ecr:*:*:repository/aws-guardduty-agent-fargate"]);
  });

  test("leave known and unknown resources of the same statement to Terraform", () => {
    const repository = "arn:aws:ecr:us-east-1:111122223333:repository/known";
    const { module } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", {
        access: { imageRepositories: [repository], pullThroughCacheRepositories: ["${var.unknown}"] },
      });
    });
    expect(Object.values(module)).toMatchObject([
      { access: { image_repositories: [repository], pull_through_cache_repositories: ["${var.unknown}"] } },
    ]);
  });

  test("leave the log groups that ECS can create to Terraform, if one of them is unknown", () => {
    const logGroups = ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders"];
    const options = { "awslogs-group": "/ecs/app", "awslogs-create-group": "${var.unknown}" };
    const containerDefinitions = [{ image: "nginx", logConfiguration: { logDriver: "awslogs", options } }];
    const { module } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", {
        access: { containerDefinitions, logGroups, createLogGroups: true },
      });
    });
    expect(Object.values(module)).toMatchObject([{ access: { log_groups: logGroups, create_log_groups: true } }]);
  });
});

describe("the statement of the trust policy", () => {
  const nowhere = () => {
    throw new Error("nothing here is unknown");
  };
  const accounts = { test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333", "444455556666"] };
  const arns = { test: "ArnLike", variable: "aws:SourceArn", values: ["arn:aws:ecs:*:111122223333:*"] };

  test("has a condition for each field of trust, with sorted, unique values", () => {
    const sourceAccounts = ["444455556666", "111122223333", "444455556666"];
    const sourceArns = ["arn:aws:ecs:*:111122223333:*"];
    expect(assumeRoleStatement({}, nowhere)).not.toHaveProperty("condition");
    expect(assumeRoleStatement({ sourceAccounts }, nowhere)).toMatchObject({ condition: [accounts] });
    expect(assumeRoleStatement({ sourceArns }, nowhere)).toMatchObject({ condition: [arns] });
    expect(assumeRoleStatement({ sourceArns, sourceAccounts }, nowhere)).toMatchObject({ condition: [accounts, arns] });
  });
});

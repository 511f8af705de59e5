import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/aws/permissions";
import { assumeRoleStatement } from "../../modules/ecs-task-execution-role/resources/assume-role-document";
import { statementsOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

describe("the statements of the access policy", () => {
  test("allow only these actions", () => {
    expect(Object.fromEntries(PERMISSIONS.map(({ sid, actions }) => [sid, actions]))).toEqual({
      RegistryLogin: ["ecr:GetAuthorizationToken"],
      PullImages: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      PullGuardDutyAgent: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      ImportImages: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      WriteLogs: ["logs:CreateLogStream", "logs:PutLogEvents"],
      CreateLogGroups: ["logs:CreateLogGroup"],
      ReadSecrets: ["secretsmanager:GetSecretValue"],
      ReadParameters: ["ssm:GetParameters"],
      Decrypt: ["kms:Decrypt"],
      DescribeFileSystems: ["fsx:DescribeFileSystems"],
      ReadEnvironmentFiles: ["s3:GetObject"],
      LocateEnvironmentFiles: ["s3:GetBucketLocation"],
      ReadCredentialSpecs: ["s3:GetObject", "s3:GetObjectVersion"],
      LocateCredentialSpecs: ["s3:GetBucketLocation", "s3:ListBucket"],
    });
  });

  test("allow only the repository of the GuardDuty agent, in the given partition", () => {
    const [, agent] = statementsOf({ guardDutyAgent: true }, { partition: "aws-cn", region: "", account: "" });
    expect(agent?.resources).toEqual(["arn:aws-cn:ecr:*:*:repository/aws-guardduty-agent-fargate"]);
  });

  test("allow decryption only through Secrets Manager, SSM and S3", () => {
    const [decrypt] = statementsOf(
      { decryptionKeys: ["arn:aws:kms:us-east-1:111122223333:key/a"] },
      { partition: "aws", region: "", account: "" },
    );
    expect(decrypt?.condition).toEqual([
      { test: "StringLike", variable: "kms:ViaService", values: ["secretsmanager.*", "ssm.*", "s3.*"] },
    ]);
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
});

describe("the statement of the trust policy", () => {
  const nowhere = () => {
    throw new Error("nothing here is unknown");
  };
  const accounts = { test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333", "444455556666"] };
  const arns = { test: "ArnLike", variable: "aws:SourceArn", values: ["arn:aws:ecs:*:111122223333:*"] };

  test("has no condition if trust is not set", () => {
    expect(assumeRoleStatement({}, nowhere)).not.toHaveProperty("condition");
  });

  test("has a condition for each field of trust, with sorted, unique values", () => {
    const sourceAccounts = ["444455556666", "111122223333", "444455556666"];
    const sourceArns = ["arn:aws:ecs:*:111122223333:*"];
    expect(assumeRoleStatement({ sourceAccounts }, nowhere)).toMatchObject({ condition: [accounts] });
    expect(assumeRoleStatement({ sourceArns }, nowhere)).toMatchObject({ condition: [arns] });
    expect(assumeRoleStatement({ sourceArns, sourceAccounts }, nowhere)).toMatchObject({ condition: [accounts, arns] });
  });
});

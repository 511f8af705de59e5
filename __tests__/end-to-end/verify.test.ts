import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { startAwsProxy } from "../../scripts/parts/aws/aws-proxy";
import { type Environment, run } from "../../scripts/parts/child-process";
import { PROJECT_ROOT } from "../../scripts/parts/project";
import { ECS_TASKS_TRUST, FOUR_POLICIES } from "../support/account";
import { callCommand } from "../support/command";
import { endToEnd } from "../support/end-to-end";

endToEnd("npm run verify", (parts) => {
  const verify = (roleName: string, environment: Environment = {}) =>
    callCommand({ environment: { ...parts.environment, ...environment } }, "verify", roleName);

  const makeRole = async (roleName: string, policies: readonly string[], trust: unknown = ECS_TASKS_TRUST) => {
    await parts.iam.send(
      new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    for (const PolicyArn of policies) {
      await parts.iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
    }
  };

  test("exits with code 0 for the workshop's role, even if no Region is configured", async () => {
    await makeRole("good", FOUR_POLICIES);
    const { code, output } = await run("npm", ["run", "--silent", "verify", "--", "good"], {
      cwd: PROJECT_ROOT,
      env: { ...parts.environment, AWS_REGION: undefined },
    });
    expect(output).toBe(
      [
        "Role good",
        "",
        "  ok      role                arn:aws:iam::123456789012:role/good",
        "  ok      assume-role policy  ecs-tasks.amazonaws.com can assume it",
        "  ok      managed policy      arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        "  ok      managed policy      arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
        "  ok      managed policy      arn:aws:iam::aws:policy/CloudWatchLogsFullAccess",
        "  ok      managed policy      arn:aws:iam::aws:policy/SecretsManagerReadWrite",
        "",
        "All as expected: the role exists, ECS tasks can assume it, and exactly the 4 policies above are attached.",
        "",
      ].join("\n"),
    );
    expect(code).toBe(0);
  });

  test("exits with code 1 and reports what is missing, extra or wrong", async () => {
    const lambdaTrust = JSON.parse(JSON.stringify(ECS_TASKS_TRUST).replace("ecs-tasks", "lambda"));
    await makeRole("bad", FOUR_POLICIES, lambdaTrust);
    await parts.iam.send(
      new DetachRolePolicyCommand({ RoleName: "bad", PolicyArn: "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess" }),
    );
    await parts.iam.send(
      new AttachRolePolicyCommand({ RoleName: "bad", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    );
    await parts.iam.send(
      new PutRolePolicyCommand({
        RoleName: "bad",
        PolicyName: "by-hand",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
        }),
      }),
    );
    const { code, output } = await verify("bad");
    expect(output).toContain("  WRONG   assume-role policy  ecs-tasks.amazonaws.com cannot assume it\n");
    expect(output).toContain("  EXTRA   assume-role policy  lambda.amazonaws.com can assume it\n");
    expect(output).toContain("  MISSING managed policy      arn:aws:iam::aws:policy/CloudWatchLogsFullAccess\n");
    expect(output).toContain("  EXTRA   managed policy      arn:aws:iam::aws:policy/AdministratorAccess\n");
    expect(output).toContain("  EXTRA   inline policy       by-hand\n");
    expect(output).toContain("Differs: assume-role policy wrong (ecs-tasks");
    expect(output).toContain(
      "With exclusive: true, the next apply would remove arn:aws:iam::aws:policy/AdministratorAccess, by-hand.\n",
    );
    expect(output).toContain(
      "Compared with the workshop's role with its four AWS managed policies. For any other role",
    );
    expect(code).toBe(1);
  });

  test("exits with code 1 if the role does not exist", async () => {
    const { code, output } = await verify("nobody");
    expect(output).toContain("Differs: role missing (there is no role nobody in this account).");
    expect(code).toBe(1);
  });

  test.each([
    ["without a role name", "", {}, "Could not check: specify a role"],
    [
      "without credentials",
      "good",
      { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
      "Could not check: no AWS credentials were found; set AWS_PROFILE, sign in, or run aws configure (Could not load",
    ],
    [
      "without a response",
      "good",
      { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
      "Could not check: AWS did not respond as expected; check the network and AWS_ENDPOINT_URL",
    ],
  ])("exits with code 2 %s", async (_, roleName, environment, sentence) => {
    const { code, output } = await verify(roleName, environment);
    expect(output).toContain(sentence);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });

  test.each([
    [
      "AccessDenied",
      "Could not check: these credentials do not allow iam:GetRole (refused). This policy allows every call",
    ],
    ["InvalidClientTokenId", "Could not check: AWS rejected these credentials (InvalidClientTokenId: refused)."],
  ])("exits with code 2 if AWS returns %s", async (errorCode, sentence) => {
    const refusal = `<ErrorResponse><Error><Type>Sender</Type><Code>${errorCode}</Code><Message>refused</Message></Error></ErrorResponse>`;
    const proxy = await startAwsProxy(parts.aws.url, (call) => call.answer(403, refusal));
    const { code, output } = await verify("good", { AWS_ENDPOINT_URL: proxy.url });
    await proxy.stop();
    expect(output).toContain(sentence);
    expect(code).toBe(2);
  });
});

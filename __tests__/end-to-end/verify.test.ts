import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformVariable } from "cdktf";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { startAwsProxy } from "../../scripts/tools/aws/aws-proxy";
import { type Environment, type Finished, run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { ECS_TASKS_TRUST, FOUR_POLICIES, MEDDLED, meddle } from "../support/account";
import { callCommand } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const PULL = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
const SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-AbCdEf";

const OTHER_SECRET = SECRET.replace("orders", "invoices");

endToEnd("npm run verify", (tools) => {
  const verify = (...args: string[]) => callCommand(tools, "verify", ...args);
  const verifyIn = (environment: Environment, ...args: string[]) =>
    callCommand({ environment: { ...tools.environment, ...environment } }, "verify", ...args);
  const policyOf = (roleName: string) => `arn:aws:iam::123456789012:policy/${roleName}-access`;
  const documentOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  const writePolicy = (PolicyArn: string, PolicyDocument: string) =>
    tools.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));

  /** Attaches a policy, detaches another, adds an inline one, and widens the access policy and the trust policy. */
  const damage = async (RoleName: string) => {
    const PolicyDocument = documentOf(
      { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [SECRET, "*"] },
      { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" },
    );
    await tools.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    await tools.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: PULL }));
    await tools.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "by-hand", PolicyDocument }));
    await writePolicy(policyOf(`ecs/${RoleName}`), PolicyDocument);
    await tools.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(ECS_TASKS_TRUST) }),
    );
  };

  const makeRole = async (RoleName: string, policies: readonly string[], trust: object = ECS_TASKS_TRUST) => {
    await tools.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    for (const PolicyArn of policies) {
      await tools.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
  };

  let app: string;
  let outputs: string;
  let beforeApply: Finished;

  // One apply creates the roles of the app and the role of the Terraform module.
  beforeAll(async () => {
    const workspace = new Workspace(tools, "app");
    app = join(tools.folder, "app");
    workspace.synthesize((stack) => {
      const parameter = new SsmParameter(stack, "flags", { name: "/flags", type: "String", value: "none" });
      new EcsTaskExecutionRole(stack, "broad", { roleName: "broad" });
      new EcsTaskExecutionRole(stack, "derived", {
        roleName: "derived",
        access: {
          containerDefinitions: [{ name: "app", image: "app", secrets: [{ name: "A", valueFrom: parameter.arn }] }],
        },
      });
      new EcsTaskExecutionRole(stack, "narrow", {
        roleName: "narrow",
        path: "/ecs/",
        access: { secrets: [SECRET], parameters: [parameter.arn], imageRepositories: [] },
        trust: { sourceAccounts: ["123456789012"] },
        managedPolicies: { pull: "AmazonEC2ContainerRegistryPullOnly" },
      });
      const policy = documentOf({ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" });
      const own = new IamPolicy(stack, "own", { name: "own", policy, path: "/team/" });
      const account = new TerraformVariable(stack, "account", { default: "123456789012" });
      new EcsTaskExecutionRole(stack, "bounded", {
        roleName: "bounded",
        managedPolicies: { own: own.arn },
        permissionsBoundary: own.arn,
        trust: { sourceAccounts: [account.stringValue] },
      });
    });
    beforeApply = await verify("--from", app);
    await rootWithModule(tools, workspace.folder);
    await workspace.write(
      "module.tf.json",
      JSON.stringify({
        module: { role: { source: "./role", role_name_prefix: "orders-", access: { secrets: [SECRET] } } },
        output: { execution_role: { value: "${module.role}" } },
      }),
    );
    await workspace.apply();
    outputs = join(workspace.folder, "outputs.json");
    writeFileSync(outputs, succeed(await workspace.terraform("output", "-json")).stdout);
  });

  test("exits with code 0 for the workshop's role, even if no Region is configured", async () => {
    await makeRole("good", FOUR_POLICIES);
    const { code, output } = await run("npm", ["run", "--silent", "verify", "--", "good"], {
      cwd: PROJECT_ROOT,
      env: { ...tools.environment, AWS_REGION: undefined },
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
    const [missing, ...attached] = FOUR_POLICIES;
    await makeRole("bad", attached, JSON.parse(JSON.stringify(ECS_TASKS_TRUST).replace("ecs-tasks", "lambda")));
    await meddle(tools.iam, "bad");
    const { code, output } = await verify("bad");
    for (const sentence of [
      "  WRONG   assume-role policy  ecs-tasks.amazonaws.com cannot assume it\n",
      "  EXTRA   assume-role policy  lambda.amazonaws.com can assume it\n",
      `  MISSING managed policy      ${missing}\n`,
      `  EXTRA   managed policy      ${MEDDLED.attached}\n`,
      "  EXTRA   inline policy       by-hand\n",
      "Differs: assume-role policy wrong (ecs-tasks",
      `With exclusive: true, the next apply would remove ${MEDDLED.attached}, by-hand.\n`,
      "Compared with the workshop's role with its four AWS managed policies. For any other role",
    ]) {
      expect(output).toContain(sentence);
    }
    expect(code).toBe(1);
  });

  test("reports all roles of an app as missing before the apply", () => {
    expect(beforeApply.code).toBe(1);
    for (const role of ["broad", "derived", "narrow", "bounded"]) {
      expect(beforeApply.output).toContain(`Differs: role missing (there is no role ${role} in this account).`);
    }
  });

  test("exits with code 0 if all roles of an app are as expected", async () => {
    const { code, output } = await verify("--from", app);
    expect(output).toContain("Role broad\n");
    expect(output).toContain("Role derived\n");
    expect(output).toContain(
      [
        "  ok      role                arn:aws:iam::123456789012:role/ecs/narrow",
        "  ok      assume-role policy  ecs-tasks.amazonaws.com can assume it",
        `  ok      managed policy      ${policyOf("ecs/narrow")}`,
        "  ok      managed policy      arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        "  ok      access policy       grants what is expected (in ReadParameters, values that only Terraform knows are compared by pattern only)",
        "",
        "All as expected: the role exists, ECS tasks can assume it, and exactly the 2 policies above are attached.",
      ].join("\n"),
    );
    expect(code).toBe(0);
  });

  test("reports all drift of one role of an app", async () => {
    await damage("narrow");
    const { code, stdout } = await verify("narrow", "--from", app, "--json");
    expect(JSON.parse(stdout)).toEqual({
      comparedWith: app,
      roles: [
        {
          role: "narrow",
          asExpected: false,
          findings: [
            { mark: "ok", subject: "role", detail: "arn:aws:iam::123456789012:role/ecs/narrow" },
            { mark: "ok", subject: "assume-role policy", detail: "ecs-tasks.amazonaws.com can assume it" },
            {
              mark: "WRONG",
              subject: "assume-role policy",
              detail: "condition StringEquals aws:SourceAccount 123456789012 is missing",
            },
            { mark: "ok", subject: "managed policy", detail: policyOf("ecs/narrow") },
            { mark: "MISSING", subject: "managed policy", detail: PULL },
            { mark: "EXTRA", subject: "managed policy", detail: ADMINISTRATOR },
            { mark: "WRONG", subject: "access policy", detail: "ReadParameters is missing" },
            { mark: "WRONG", subject: "access policy", detail: "Everything is unexpected" },
            { mark: "WRONG", subject: "access policy", detail: "ReadSecrets: * is unexpected" },
            { mark: "EXTRA", subject: "inline policy", detail: "by-hand" },
          ],
        },
      ],
    });
    expect(code).toBe(1);
    expect(await verify("broad", "--from", app)).toMatchObject({ code: 0 });
  });

  test("limits what a policy can allow even if only Terraform can read the container definitions", async () => {
    expect(await verify("derived", "--from", app)).toMatchObject({ code: 0 });
    const wider = {
      Sid: "ReadParameters",
      Effect: "Allow",
      Action: "ssm:*",
      Resource: ["*", "arn:aws:s3:::\u001b[2J"],
    };
    await writePolicy(policyOf("derived"), documentOf(wider, { ...wider, Sid: "Everything" }));
    const { code, output } = await verify("derived", "--from", app);
    expect(code).toBe(1);
    for (const difference of [
      "Everything is unexpected",
      "ReadParameters: ssm:* is unexpected",
      "ReadParameters: * is unexpected",
      "ReadParameters: arn:aws:s3:::\\u001b[2J is unexpected",
    ]) {
      expect(output).toContain(`  WRONG   access policy       ${difference}\n`);
    }
  });

  test("exits with code 1 if the boundary is missing and another policy replaces the stack's own", async () => {
    const [RoleName, PolicyArn] = ["bounded", "arn:aws:iam::123456789012:policy/team/own"];
    expect(await verify(RoleName, "--from", app)).toMatchObject({ code: 0 });
    await tools.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await tools.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    await tools.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    const { code, output } = await verify(RoleName, "--from", app);
    expect(output).toContain(`  MISSING permissions boundary  ${PolicyArn}\n`);
    expect(output).toContain(`  MISSING managed policy        ${PolicyArn}\n`);
    expect(output).toContain(`  EXTRA   managed policy        ${ADMINISTRATOR}\n`);
    expect(code).toBe(1);
  });

  test("matches a role with the longest role name prefix", async () => {
    const folder = join(tools.folder, "prefixes");
    new Workspace(tools, "prefixes").synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "all", { roleNamePrefix: "orders-" });
      const managedPolicies = { pull: "AmazonEC2ContainerRegistryPullOnly" };
      new EcsTaskExecutionRole(stack, "few", { roleNamePrefix: "orders-ro-", managedPolicies });
    });
    const RoleName = "orders-ro-20261127000000000000000001";
    await makeRole(RoleName, [PULL]);
    expect(await verify(RoleName, "--from", folder)).toMatchObject({ code: 0 });
  });

  test("exits with code 2 if the app does not have the role", async () => {
    expect(await verify("nobody", "--from", app)).toMatchObject({
      code: 2,
      output: `Could not check: ${app} has no role nobody; it has bounded, broad, derived, narrow.\n`,
    });
  });

  test("compares a role with the outputs of the Terraform module, even if Terraform generates its name", async () => {
    const from = ["--from", outputs];
    expect(await verify(...from)).toMatchObject({
      code: 0,
      output: expect.stringContaining("grants what is expected\n"),
    });
    const { execution_role: role } = JSON.parse(readFileSync(outputs, "utf8"));
    await writePolicy(role.value.policy_arns.access, role.value.access_policy.replaceAll(SECRET, OTHER_SECRET));
    expect(await verify(...from)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/ReadSecrets: \S+:orders-AbCdEf is missing\); .*:invoices-AbCdEf is unexpected\)/),
    });
  });

  test.each([
    [
      "a missing file",
      ["--from", "nowhere"],
      "there is no nowhere; create it with npm run synth, or with terraform output",
    ],
    ["a file without roles", ["--from", "package.json"], "there is no task execution role in package.json"],
    ["a file that is not JSON", ["--from", "README.md"], "README.md is neither the output folder of an app nor"],
    ["an unknown option", ["--form", "x"], "Unknown option '--form'"],
  ])("exits with code 2 for %s", async (_, args, sentence) => {
    const { code, stdout } = await verify(...args, "--json");
    expect(JSON.parse(stdout).error).toContain(sentence);
    expect(code).toBe(2);
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
    const { code, output } = await verifyIn(environment, roleName);
    expect(output).toContain(sentence);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });

  test.each([
    [
      "AccessDenied",
      "Could not check: these credentials do not allow iam:GetRole (refused). This policy allows every call",
    ],
    ["Throttling", "Could not check: AWS is still throttling iam:GetRole after several attempts"],
    ["InvalidClientTokenId", "Could not check: AWS rejected these credentials (InvalidClientTokenId: refused)."],
  ])("exits with code 2 if AWS returns %s", async (errorCode, sentence) => {
    const refusal = `<ErrorResponse><Error><Type>Sender</Type><Code>${errorCode}</Code><Message>refused</Message></Error></ErrorResponse>`;
    const proxy = await startAwsProxy(tools.aws.url, (call) => call.answer(403, refusal));
    const { code, output } = await verifyIn({ AWS_ENDPOINT_URL: proxy.url }, "good");
    await proxy.stop();
    expect(output).toContain(sentence);
    expect(code).toBe(2);
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { run, succeed } from "../../scripts/support/child-process";
import { PROJECT_ROOT } from "../../scripts/support/project";
import { ECS_TASKS_TRUST } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-AbCdEf";

endToEnd("npm run verify --from", (parts) => {
  const verify = (...args: string[]) =>
    run("npm", ["run", "--silent", "verify", "--", ...args], { cwd: PROJECT_ROOT, env: parts.environment });
  const policyOf = (roleName: string) => `arn:aws:iam::123456789012:policy/ecs/${roleName}-access`;

  test("an app's output tells of every role in it whether the account has it so", async () => {
    const workspace = new Workspace(parts, "app");
    const output = join(parts.folder, "app");
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
    });
    expect(await verify("--from", output)).toMatchObject({ code: 1 });
    await workspace.apply();
    const good = await verify("--from", output);
    expect(good.output).toContain("Role broad\n");
    expect(good.output).toContain(
      [
        "  ok      role                arn:aws:iam::123456789012:role/ecs/narrow",
        "  ok      assume-role policy  ecs-tasks.amazonaws.com may assume it",
        `  ok      managed policy      ${policyOf("narrow")}`,
        "  ok      managed policy      arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        "  ok      access policy       gives what it should (which resources, where only Terraform knows them, is not compared, but for wildcards)",
        "",
        "All as expected: the role exists, ECS tasks may assume it, and exactly the 2 policies above are attached.",
      ].join("\n"),
    );
    expect(good.code).toBe(0);

    // Other hands: one policy more, one less, an inline one, a wider document, a trust without its condition.
    const RoleName = "narrow";
    const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    const pull = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
    const document = {
      Version: "2012-10-17",
      Statement: [
        { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [SECRET, "*"] },
        { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" },
      ],
    };
    const PolicyDocument = JSON.stringify(document);
    await parts.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administrator }));
    await parts.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: pull }));
    await parts.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "by-hand", PolicyDocument }));
    await parts.iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: policyOf("narrow"), PolicyDocument, SetAsDefault: true }),
    );
    await parts.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(ECS_TASKS_TRUST) }),
    );
    const bad = await verify("narrow", "--from", output, "--json");
    expect(JSON.parse(bad.stdout)).toEqual({
      roles: [
        {
          role: "narrow",
          asExpected: false,
          findings: [
            { mark: "ok", subject: "role", detail: "arn:aws:iam::123456789012:role/ecs/narrow" },
            { mark: "ok", subject: "assume-role policy", detail: "ecs-tasks.amazonaws.com may assume it" },
            {
              mark: "WRONG",
              subject: "assume-role policy",
              detail: "condition StringEquals aws:SourceAccount 123456789012 is missing",
            },
            { mark: "ok", subject: "managed policy", detail: policyOf("narrow") },
            { mark: "MISSING", subject: "managed policy", detail: pull },
            { mark: "EXTRA", subject: "managed policy", detail: administrator },
            { mark: "WRONG", subject: "access policy", detail: "ReadParameters is missing" },
            { mark: "WRONG", subject: "access policy", detail: "Everything is too much" },
            { mark: "WRONG", subject: "access policy", detail: "ReadSecrets: * is too much" },
            { mark: "EXTRA", subject: "inline policy", detail: "by-hand" },
          ],
        },
      ],
    });
    expect(bad.code).toBe(1);
    expect(await verify("broad", "--from", output)).toMatchObject({ code: 0 });

    // What only Terraform can read of container definitions still bounds what the policy may give.
    expect(await verify("derived", "--from", output)).toMatchObject({ code: 0 });
    const wider = { Sid: "ReadParameters", Effect: "Allow", Action: "ssm:*", Resource: "*" };
    await parts.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: "arn:aws:iam::123456789012:policy/derived-access",
        PolicyDocument: JSON.stringify({ ...document, Statement: [wider, { ...wider, Sid: "Everything" }] }),
        SetAsDefault: true,
      }),
    );
    const { code, output: derived } = await verify("derived", "--from", output);
    expect(code).toBe(1);
    for (const difference of [
      "Everything is too much",
      "ReadParameters: ssm:* is too much",
      "ReadParameters: * is too much",
    ]) {
      expect(derived).toContain(`  WRONG   access policy       ${difference}\n`);
    }
    expect(await verify("nobody", "--from", output)).toMatchObject({
      code: 2,
      output: `Could not tell: ${output} has no role nobody; it has broad, derived, narrow.\n`,
    });
  });

  test("the Terraform module's outputs tells the same, also for names that Terraform makes", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "module"));
    const write = (secret: string) =>
      root.write(
        "main.tf.json",
        JSON.stringify({
          module: { role: { source: "./role", role_name_prefix: "orders-", access: { secrets: [secret] } } },
          output: { execution_role: { value: "${module.role}" } },
        }),
      );
    const saveOutputs = async () => {
      const { stdout } = succeed(await root.terraform("output", "-json"));
      writeFileSync(join(root.folder, "outputs.json"), stdout);
    };
    await write(SECRET);
    await root.apply();
    await saveOutputs();
    const from = ["--from", join(root.folder, "outputs.json")];
    expect(await verify(...from)).toMatchObject({ code: 0, output: expect.stringContaining("gives what it should\n") });
    await write(SECRET.replace("orders", "invoices"));
    await root.apply();
    expect(await verify(...from)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/ReadSecrets: \S+:orders-AbCdEf is missing\); .*:invoices-AbCdEf is too much\)/),
    });
  });

  test.each([
    ["nothing", ["--from", "nowhere"], "there is no nowhere; make it by npm run synth, or by terraform output"],
    ["something else", ["--from", "package.json"], "there is no task execution role in package.json"],
    ["no JSON", ["--from", "README.md"], "README.md is neither the output folder of an app nor"],
    ["an option it does not know", ["--form", "x"], "Unknown option '--form'"],
  ])("%s ends with 2", async (_, args, sentence) => {
    const { code, stdout } = await verify(...args, "--json");
    expect(JSON.parse(stdout).error).toContain(sentence);
    expect(code).toBe(2);
  });
});

import { ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { CreatePolicyCommand, CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { RoleReport } from "../../cli/reports/report";
import { ECS_TASKS_TRUST } from "../support/account";
import { callCommand } from "../support/command";
import { endToEnd } from "../support/end-to-end";

const ACCOUNT = "123456789012";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const PARAMETER = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/orders`;
const ANYONE = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string, Resource: string) => ({ Effect: "Allow", Action, Resource });

endToEnd("check of a role in the account", (tools) => {
  const check = async (name: string, ...args: string[]) => {
    const { code, stdout } = await callCommand(tools, "check", "--task-definition", name, "--json", ...args);
    const [role] = JSON.parse(stdout).roles as [RoleReport & { readonly missing: RoleReport["calls"] }];
    return { code, ...role };
  };

  /** A role that anyone can assume, with an inline policy, and a task definition that uses it. */
  async function makeRole(RoleName: string, policy: string, boundary: { PermissionsBoundary?: string }): Promise<void> {
    const AssumeRolePolicyDocument = document(...ECS_TASKS_TRUST.Statement, ANYONE);
    await tools.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...boundary }));
    await tools.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: policy }));
    await client(ECSClient).send(
      new RegisterTaskDefinitionCommand({
        family: RoleName,
        executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/${RoleName}`,
        containerDefinitions: [
          { name: "app", image: "nginx:1.27", memory: 128, secrets: [{ name: "KEY", valueFrom: PARAMETER }] },
        ],
      }),
    );
  }

  const client = <Client>(Type: new (config: object) => Client): Client =>
    new Type({
      endpoint: tools.aws.url,
      region: "us-east-1",
      credentials: { accessKeyId: "emulated", secretAccessKey: "emulated" },
    });

  beforeAll(async () => {
    await client(SSMClient).send(new PutParameterCommand({ Name: "orders", Type: "String", Value: "x" }));
  });

  test("names the boundary, the other principals and the dead statements", async () => {
    const onlyFiles = document(allow("s3:*", "*"));
    await tools.iam.send(new CreatePolicyCommand({ PolicyName: "boundary", PolicyDocument: onlyFiles }));
    const policy = document(allow("ssm:GetParameters", "*"), allow("ssm:FetchParameters", "*"));
    await makeRole("bounded", policy, { PermissionsBoundary: BOUNDARY });
    const { code, missing, principals, dead, excess } = await check("bounded");
    expect(code).toBe(1);
    expect(missing).toMatchObject([
      { action: "ssm:GetParameters", deniedBy: `the permissions boundary ${BOUNDARY}, which does not allow it` },
    ]);
    expect(principals).toEqual([{ id: "other-principal", statement: "statement 2", principal: "*" }]);
    expect(dead).toMatchObject([{ policy: "inline", statement: "statement 2", action: "ssm:FetchParameters" }]);
    expect(excess).toEqual([]);
  });

  test("exits with 3 for another principal, but only with --strict", async () => {
    await makeRole("exact", document(allow("ssm:GetParameters", PARAMETER)), {});
    expect(await check("exact")).toMatchObject({ code: 0, missing: [], dead: [], excess: [] });
    expect(await check("exact", "--strict")).toMatchObject({ code: 3, principals: [{ principal: "*" }] });
  });

  test("lists the calls that are allowed with --verbose, and names an --ignore without findings beside the output", async () => {
    const args = ["check", "--task-definition", "exact", "--ignore", "dead-statement"];
    const call = "\n  ok           ssm:GetParameters on";
    const { stdout, output } = await callCommand(tools, ...args);
    expect(stdout).not.toContain(call);
    expect(output.replace(stdout, "")).toBe("Warning: --ignore dead-statement does not match any findings.\n");
    expect((await callCommand(tools, ...args, "--verbose")).stdout).toContain(call);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { picture } from "../../cli/verify/picture";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";

describe("the picture", () => {
  const folder = mkdtempSync(join(tmpdir(), "picture-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("names the resources that container definitions refer to, by the statement that reaches them", () => {
    const app = new App({ outdir: folder, skipValidation: true });
    const stack = new TerraformStack(app, "orders");
    const repository = new EcrRepository(stack, "repository", { name: "orders" });
    const logs = new CloudwatchLogGroup(stack, "logs", { name: "/ecs/orders" });
    const secret = new SecretsmanagerSecret(stack, "database", { name: "orders" });
    const sidecar = new TerraformVariable(stack, "sidecar", { type: "string" });
    new EcsTaskExecutionRole(stack, "execution", {
      access: {
        containerDefinitions: [
          {
            name: "orders",
            image: `${repository.repositoryUrl}:v1`,
            secrets: [
              { name: "DATABASE", valueFrom: secret.arn },
              { name: "FLAGS", valueFrom: "/orders/flags" },
            ],
            logConfiguration: {
              logDriver: "awslogs",
              options: { "awslogs-group": logs.name, "awslogs-region": "us-east-1" },
            },
          },
          { name: "sidecar", image: sidecar.stringValue },
        ],
      },
    });
    app.synth();
    const reached = [...picture(folder).matchAll(/role1_(\w+)\["(.*)"\]$/gm)].map(([, sid, what]) => [sid, what]);
    expect(Object.fromEntries(reached)).toEqual({
      RegistryLogin: "*",
      PullImages: "aws_ecr_repository.repository<br/>var.sidecar",
      WriteLogs: "aws_cloudwatch_log_group.logs",
      ReadSecrets: "aws_secretsmanager_secret.database",
      ReadParameters: "arn:${partition}:ssm:${region}:${account}:parameter/orders/flags",
    });
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "../../scripts/parts/child-process";
import { PROJECT_ROOT } from "../../scripts/parts/project";
import { ECS_TASKS_TRUST } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { rootWithModule } from "../support/root-module";

const PAGE = readFileSync(join(PROJECT_ROOT, "modules/ecs-task-execution-role/README.md"), "utf8");

/** The HCL below a heading in the README of the module. */
function documented(heading: string): string {
  return PAGE.split(`### ${heading}\n`)[1]?.match(/```hcl\n([^`]+)```/)?.[1] ?? "";
}

const MODULE = `module "execution_role" {
  source    = "./role"
  role_name = "NAME"
}
`;

endToEnd("an existing role", (parts) => {
  test("in a Terraform configuration moves into the module through moved blocks without any changes", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "moved"));
    await root.write(
      "main.tf",
      `resource "aws_iam_role" "execution" {
  name               = "hand-written"
  assume_role_policy = jsonencode(${JSON.stringify(ECS_TASKS_TRUST)})
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}
`,
    );
    await root.apply();
    await root.write(
      "main.tf",
      MODULE.replace(
        '"NAME"',
        '"hand-written"\n  managed_policies = { AmazonECSTaskExecutionRolePolicy = "service-role/AmazonECSTaskExecutionRolePolicy" }',
      ),
    );
    await root.write("moved.tf", documented("A role written in Terraform"));
    succeed(await root.terraform("get"));
    // Not with -detailed-exitcode, which counts a move as a change.
    const { output } = succeed(await root.terraform("plan", "-input=false"));
    expect(output.match(/\S+ has moved to \S+/g)?.sort()).toEqual([
      "aws_iam_role.execution has moved to module.execution_role.aws_iam_role.this",
      'aws_iam_role_policy_attachment.execution has moved to module.execution_role.aws_iam_role_policy_attachment.managed["AmazonECSTaskExecutionRolePolicy"]',
    ]);
    expect(output).toContain("Plan: 0 to add, 0 to change, 0 to destroy.");
  });
});

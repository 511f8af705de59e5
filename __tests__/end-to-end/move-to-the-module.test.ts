import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/support/project";
import { ECS_TASKS_TRUST } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { rootWithModule } from "../support/root-module";

const PAGE = readFileSync(join(PROJECT_ROOT, "modules/ecs-task-execution-role/README.md"), "utf8");

/** The HCL that the module's page shows below a heading. */
function documented(heading: string): string {
  return PAGE.split(`### ${heading}\n`)[1]?.match(/```hcl\n([^`]+)```/)?.[1] ?? "";
}

const MODULE = `module "execution_role" {
  source    = "./role"
  role_name = "NAME"
}
`;

endToEnd("a role that is there already", (parts) => {
  const rootFor = async (name: string) => {
    const root = await rootWithModule(parts, join(parts.folder, name));
    return root;
  };

  test("written in Terraform comes under the module by moved blocks, with nothing to change", async () => {
    const root = await rootFor("moved");
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
    await root.terraform("init", "-input=false");
    expect((await root.plan()).changes).toEqual([]);
  });
});

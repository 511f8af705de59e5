import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/parts/project";
import { endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";
import { rootWithModule } from "../support/root-module";

const HCL = readFileSync(join(PROJECT_ROOT, "examples/quick-start/main.tf"), "utf8");

endToEnd("examples/quick-start", (parts) => {
  test("creates the same policy in both languages, and then has an empty plan", async () => {
    const stack = (await synthesizeExample(parts, "quick-start"))("orders");
    const root = await rootWithModule(parts, join(parts.folder, "hcl"));
    await root.write("main.tf", HCL.replace("../../modules/ecs-task-execution-role/terraform", "./role"));
    const policies = [];
    for (const one of [stack, root]) {
      await one.apply();
      const { changes } = await one.plan("-detailed-exitcode");
      expect(changes).toEqual([]);
      const { stdout } = await one.terraform("show", "-json");
      policies.push(
        [...stdout.matchAll(/"type":"aws_iam_policy","name".*?"policy":("(?:[^"\\]|\\.)*")/g)].map(([, text = ""]) =>
          JSON.parse(JSON.parse(text)),
        ),
      );
    }
    const Sids = ["RegistryLogin", "PullImages", "WriteLogs", "ReadSecrets"];
    expect(policies[0]).toEqual([
      { Version: "2012-10-17", Statement: Sids.map((Sid) => expect.objectContaining({ Sid })) },
    ]);
    expect(policies[1]).toEqual(policies[0]);
  });
});

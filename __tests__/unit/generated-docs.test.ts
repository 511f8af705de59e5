import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { snakeCase } from "../../modules/ecs-task-execution-role/hcl/language";
import { terraformModule } from "../../modules/ecs-task-execution-role/hcl/module";
import { INPUTS } from "../../modules/ecs-task-execution-role/inputs/descriptions";
import { currentText, TERRAFORM_DOCS } from "../../scripts/docs/generated-part";
import { PARTS } from "../../scripts/docs/parts";
import { PROJECT_ROOT } from "../../scripts/parts/project";

describe("the documentation", () => {
  test.each(PARTS.map((part) => [part.file, part.name, part] as const))(
    "is up to date in %s: %s (otherwise: npm run docs)",
    async (_file, _name, part) => {
      expect(currentText(part)).toBe(await part.text());
    },
  );

  test("has no generated part that nothing generates", () => {
    const files = execFileSync("git", ["ls-files", "*.md"], { cwd: PROJECT_ROOT, encoding: "utf8" }).trim().split("\n");
    const inFiles = files.flatMap((file) =>
      [...readFileSync(join(PROJECT_ROOT, file), "utf8").matchAll(/<!-- generated: (.*?) -->/g)].map(
        ([, name]) => `${file}: ${name}`,
      ),
    );
    const named = PARTS.filter(({ name }) => name !== TERRAFORM_DOCS);
    expect(inFiles.sort()).toEqual(named.map(({ file, name }) => `${file}: ${name}`).sort());
  });

  test("lists the same inputs for the construct and for the Terraform module", () => {
    expect(Object.keys(terraformModule().variable)).toEqual(Object.keys(INPUTS).map(snakeCase));
  });
});

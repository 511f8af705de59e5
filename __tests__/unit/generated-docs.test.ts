import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ARN_FIELD_NAMES, ARN_FIELDS, SWITCHES } from "../../modules/ecs-task-execution-role/access";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions";
import { PROJECT_ROOT } from "../../scripts/support/project";
import { expectGenerated } from "../support/generated-docs";

const EXAMPLE = readFileSync(join(PROJECT_ROOT, "examples/least-privilege/main.ts"), "utf8");

const excerpt = (mark: string) =>
  `\`\`\`ts\n${EXAMPLE.split(`// ${mark}: begin\n`)[1]?.split(`// ${mark}: end`)[0]}\`\`\``;

describe("the documentation", () => {
  test.each([
    ["least privilege", "README"],
    ["grant", "README-GRANT"],
  ])("shows the example that the tests deploy: %s", (part, mark) => {
    expectGenerated("README.md", part, excerpt(mark));
  });

  test("lists what each field gives, as the table of permissions has it", () => {
    const rows = [...ARN_FIELD_NAMES, ...SWITCHES].map((field) => {
      const permissions = PERMISSIONS.filter(({ givenBy, onlyWith }) => [...givenBy, onlyWith].includes(field)).filter(
        ({ onlyWith }) => onlyWith === undefined || onlyWith === field,
      );
      const value = field in ARN_FIELDS ? `\`${ARN_FIELDS[field as keyof typeof ARN_FIELDS].form}\`` : "`true`";
      const actions = permissions.flatMap(({ actions }) => actions.map((action) => `\`${action}\``));
      const sources = new Set(permissions.map(({ source }) => source));
      return [
        `\`${field}\``,
        value,
        actions.join(", "),
        [...sources].map((url, at) => `[${at + 1}](${url})`).join(" "),
      ];
    });
    const table = [["field", "value", "gives", "asked for by AWS"], Array(4).fill("---"), ...rows];
    expectGenerated(
      "modules/ecs-task-execution-role/README.md",
      "access",
      table.map((row) => `| ${row.join(" | ")} |`).join("\n"),
    );
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/tools/project";

const read = (file: string) => JSON.parse(readFileSync(join(PROJECT_ROOT, file), "utf8"));

test("examples/fargate-service depends on the versions that the tests use", () => {
  const { name, version, devDependencies } = read("package.json");
  const tested = { ...devDependencies, [name]: version };
  const { dependencies } = read("examples/fargate-service/package.json");
  expect(dependencies).toEqual(
    Object.fromEntries(Object.keys(dependencies).map((dependency) => [dependency, tested[dependency]])),
  );
});

test.each(readdirSync(join(PROJECT_ROOT, "examples")))("cdktf does not rewrite examples/%s/cdktf.json", (example) => {
  // cdktf rewrites the file if it lacks projectId or sendCrashReports.
  expect(read(join("examples", example, "cdktf.json"))).toEqual({
    language: "typescript",
    app: "node --disable-warning=DEP0044 --import tsx main.ts",
    projectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sendCrashReports: "false",
  });
});

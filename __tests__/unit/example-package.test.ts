import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/parts/project";

const read = (file: string) => JSON.parse(readFileSync(join(PROJECT_ROOT, file), "utf8"));

test("examples/fargate-service installs the versions that the tests run", () => {
  const { name, version, devDependencies } = read("package.json");
  const tested = { ...devDependencies, [name]: version };
  const { dependencies } = read("examples/fargate-service/package.json");
  expect(dependencies).toEqual(
    Object.fromEntries(Object.keys(dependencies).map((dependency) => [dependency, tested[dependency]])),
  );
});

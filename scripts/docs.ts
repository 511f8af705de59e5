import { spawnSync } from "node:child_process";
import { PROJECT_ROOT } from "./support/project";

// The tests hold the generated parts of the documentation; told so, they write them.
const { status } = spawnSync(
  process.execPath,
  [require.resolve("jest/bin/jest"), "--testNamePattern", "documentation"],
  {
    cwd: PROJECT_ROOT,
    env: { ...process.env, WRITE_DOCS: "1" },
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;

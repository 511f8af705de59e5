import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JudgedFolder, judgedFolders } from "./lint/judged-folders";
import { JUDGES, type Judge } from "./lint/judges";
import { onPath, run } from "./parts/child-process";
import { runCommand } from "./parts/command-line";
import { findTerraform } from "./parts/terraform/terraform";

const usage = `Checks the Terraform module, its examples and synthesized stacks with the tools that Terraform teams use.

  npm run lint:terraform

Exit codes: 0 no findings, 1 findings, 2 unknown option, or a tool is not installed (the others run).`;

const NO_FINDING = 0;
const FINDING = 1;
const NOT_ALL_RAN = 2;

async function lint(folder: string): Promise<number> {
  console.log("Synthesizing ...");
  const folders = await judgedFolders(folder);
  const { environment } = await findTerraform();
  const env = { ...process.env, ...environment };
  const results: number[] = [];
  for (const judge of JUDGES) {
    if (!onPath(judge.command)) {
      console.log(`missing  ${judge.name}: not installed (${judge.install})`);
      results.push(NOT_ALL_RAN);
      continue;
    }
    for (const one of folders.filter((one) => isFor(judge, one))) {
      results.push(await judged(judge, one, env));
    }
  }
  return results.includes(FINDING) ? FINDING : Math.max(...results);
}

function isFor({ isRecursive, ofModule }: Judge, { kind }: JudgedFolder): boolean {
  return kind === "stack" ? !ofModule : kind === "module" || !isRecursive;
}

async function judged(judge: Judge, { name: what, path, kind }: JudgedFolder, env: NodeJS.ProcessEnv) {
  const { name, command } = judge;
  const args = [...judge.args, ...((kind === "stack" && judge.stackArgs) || [])];
  if (name === "terraform validate") {
    await run(command, ["init", "-backend=false", "-input=false"], { cwd: path, env });
  }
  const { code, output } = await run(command, args, { cwd: path, env });
  console.log(`${code === 0 ? "ok     " : "FINDING"}  ${name}: ${what}`);
  if (code !== 0) {
    console.log(output);
  }
  return code === 0 ? NO_FINDING : FINDING;
}

void runCommand({ usage, failed: NOT_ALL_RAN }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "lint-terraform-"));
  try {
    return await lint(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run, succeed } from "../../scripts/tools/child-process";
import type { RealTools } from "./end-to-end";
import { makeScratchProject } from "./scratch-project";

/** Synthesizes main.ts in a copy of the project, with a command. */
export async function synthesizeProject(tools: RealTools, name: string, command: string, ...args: string[]) {
  const project = await makeScratchProject(join(tools.folder, name));
  const env = { ...tools.environment, CI: "true" };
  const { output } = succeed(await run(command, args, { cwd: project, env }));
  const folder = join(project, "cdktf.out", "stacks", "ecs-task-execution-role");
  return { output, folder, json: await readFile(join(folder, "cdk.tf.json"), "utf8") };
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run, succeed } from "../../scripts/tools/child-process";
import type { RealParts } from "./end-to-end";
import { makeScratchProject } from "./scratch-project";

/** Synthesizes main.ts in a copy of the project, with a command. */
export async function synthesizeProject(parts: RealParts, name: string, command: string, ...args: string[]) {
  const project = await makeScratchProject(join(parts.folder, name));
  const env = { ...parts.environment, CI: "true" };
  const { output } = succeed(await run(command, args, { cwd: project, env }));
  const folder = join(project, "cdktf.out", "stacks", "ecs-task-execution-role");
  return { output, folder, json: await readFile(join(folder, "cdk.tf.json"), "utf8") };
}

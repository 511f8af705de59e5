import { join } from "node:path";
import { run, succeed } from "../../scripts/tools/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/tools/project";
import type { RealTools } from "./end-to-end";
import { RootModule } from "./root-module";

/** Synthesizes a CDKTF example, and returns its stacks as root modules. */
export async function synthesizeExample(tools: RealTools, name: string): Promise<(stack: string) => RootModule> {
  const output = join(tools.folder, name);
  succeed(
    await run(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, "examples", name, "main.ts")], {
      cwd: tools.folder,
      env: {
        ...tools.environment,
        CDKTF_OUTDIR: output,
        TSX_TSCONFIG_PATH: join(PROJECT_ROOT, "tsconfig.json"),
      },
    }),
  );
  return (stack) => new RootModule(tools, join(output, "stacks", stack));
}

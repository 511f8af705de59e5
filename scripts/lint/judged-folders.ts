import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "../package/terraform-module";
import { run, succeed } from "../parts/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../parts/project";

/** A folder with a Terraform configuration. */
export interface JudgedFolder {
  readonly name: string;
  readonly path: string;
  readonly kind: "module" | "example" | "stack";
}

const APPS = ["main.ts", "examples/container-definitions/main.ts"];

/** Copies of the module and of its examples, and synthesized stacks, in a folder. */
export async function judgedFolders(folder: string): Promise<readonly JudgedFolder[]> {
  const module = join(folder, "module");
  await cp(TERRAFORM_MODULE_FOLDER, module, { recursive: true });
  const examples = await readdir(join(module, "examples"));
  const stacks = await Promise.all(APPS.map((app) => synthesized(app, join(folder, app.replaceAll("/", "-")))));
  return [
    { name: "the module", path: module, kind: "module" },
    ...examples.map((name): JudgedFolder => {
      return { name: `its example ${name}`, path: join(module, "examples", name), kind: "example" };
    }),
    ...stacks,
  ];
}

async function synthesized(app: string, output: string): Promise<JudgedFolder> {
  const env = { ...process.env, CDKTF_OUTDIR: output };
  succeed(await run(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, app)], { cwd: PROJECT_ROOT, env }));
  const [stack = ""] = await readdir(join(output, "stacks"));
  return { name: `the stack of ${app}`, path: join(output, "stacks", stack), kind: "stack" };
}

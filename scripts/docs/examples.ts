import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { picture } from "../../cli/verify/picture";
import { run, succeed } from "../tools/child-process";
import { MAIN_TS, NODE_WITH_TSX, PROJECT_ROOT } from "../tools/project";
import { code } from "./markdown";

const EXAMPLES = join(PROJECT_ROOT, "examples");

const read = (file: string) => readFileSync(join(EXAMPLES, file), "utf8");

/** The lines of an example between the comments `MARK: begin` and `MARK: end`. */
export function excerpt(file: string, mark: string): string {
  const comment = `^ *(?://|#) ${mark}`;
  const [, after = ""] = read(file).split(new RegExp(`${comment}: begin\n`, "m"));
  const [text = ""] = after.split(new RegExp(`${comment}: end`, "m"));
  const indent = text.match(/^ */)?.[0] ?? "";
  return code(file.endsWith(".tf") ? "hcl" : "ts", text.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
}

/** A whole example, if it is Terraform from another source. */
export function wholeFile(file: string, source = ""): string {
  const text = read(file);
  return file.endsWith(".tf") ? code("hcl", text.replace(/^ *source += ".*"/m, source)) : code("ts", text);
}

/** The import blocks of a Terraform example. */
export function importBlocks(file: string): string {
  const [, ...imports] = read(file).split(/^(?=import \{)/m);
  return code("hcl", imports.join(""));
}

/** A module block of a Terraform example, from another source. */
export function moduleBlock(file: string, name: string, source: string): string {
  const block = new RegExp(`^module "${name}" .+?^}\n`, "ms");
  const [text = ""] = read(file).match(block) ?? [];
  return code("hcl", text.replace(/^ *source += ".*"/m, source).replace(name, "execution_role"));
}

/** The `overrides` in the package.json of an example. */
export function overrides(file: string): string {
  const { overrides } = JSON.parse(read(file));
  const [, member = ""] = JSON.stringify({ overrides }, null, 2).match(/^\{\n(.*)\n\}$/s) ?? [];
  return code("json", member.replaceAll(/^ {2}/gm, ""));
}

/** How main.ts sets the versions of the AWS provider. */
export function providerVersion(): string {
  const [line = ""] =
    readFileSync(MAIN_TS, "utf8").match(/^stack\.addOverride\("terraform\.required_providers\..*$/m) ?? [];
  return code("ts", line);
}

/** The roles of an example app as a Mermaid drawing, from its synthesized stacks. */
export async function drawing(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "picture-"));
  try {
    const options = { cwd: PROJECT_ROOT, env: { ...process.env, CDKTF_OUTDIR: folder } };
    succeed(await run(process.execPath, [...NODE_WITH_TSX, join(EXAMPLES, file)], options));
    return code("mermaid", picture(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
}

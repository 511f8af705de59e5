import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RealParts } from "./end-to-end";

/** Evaluates an expression, which can use `local.input`, in `terraform console`. */
export function evaluateInConsole(parts: RealParts, input: unknown, expression: string): unknown {
  const folder = mkdtempSync(join(parts.folder, "console-"));
  // In a local, because an expression can be too long for the console.
  const locals = { input: '${jsondecode(file("input.json"))}', output: `\${${expression}}` };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals }));
  writeFileSync(join(folder, "input.json"), JSON.stringify(input));
  const { stdout, stderr, status } = spawnSync(parts.terraform.command, ["console"], {
    cwd: folder,
    env: parts.environment as NodeJS.ProcessEnv,
    input: "base64encode(jsonencode(local.output))\n",
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(Buffer.from(JSON.parse(stdout), "base64").toString());
}

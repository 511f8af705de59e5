import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finished, run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";

const APP = readFileSync(join(PROJECT_ROOT, "__tests__/fixtures/consumer/app.ts"), "utf8");

/** Packs a package as npm publishes it. */
export async function pack(
  folder: string,
  to: string,
): Promise<{ readonly tarball: string; readonly files: string[] }> {
  const { stdout } = succeed(await run("npm", ["pack", "--json", "--pack-destination", to], { cwd: folder }));
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  return { tarball: join(to, packed?.filename ?? ""), files: (packed?.files ?? []).map(({ path }) => path) };
}

/** A user's project outside this repository, with packages from the registry. */
export class Consumer {
  constructor(public readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
  }

  install(...packages: string[]): Promise<Finished> {
    const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--save-exact"];
    return run("npm", ["install", ...flags, ...packages], { cwd: this.folder });
  }

  /** Compiles the app in strict mode as this type of module, runs it, and returns its stack. */
  async synthesize(type: "module" | "commonjs", inNames = (text: string) => text): Promise<StackJson> {
    const folder = join(this.folder, type);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
    writeFileSync(join(folder, "app.ts"), inNames(APP));
    const strict = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--noImplicitOverride"];
    const tsc = require.resolve("typescript/bin/tsc");
    const target = ["--module", "nodenext", "--target", "es2022"];
    succeed(await run(process.execPath, [tsc, ...strict, ...target, "app.ts"], { cwd: folder }));
    succeed(await run(process.execPath, ["app.js"], { cwd: folder }));
    return JSON.parse(readFileSync(this.stackFile(type), "utf8"));
  }

  stackFile(type: "module" | "commonjs"): string {
    return join(this.folder, type, "cdktf.out", "stacks", "consumer", "cdk.tf.json");
  }
}

export interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly terraform: { readonly required_providers: { readonly aws: object }; readonly backend?: object };
}

/** A stack without the parts that depend on the versions of the packages or on the folder. */
export function comparable(stack: StackJson): unknown {
  const { "//": _metadata, terraform, ...rest } = stack as StackJson & Record<"//", unknown>;
  return rest;
}

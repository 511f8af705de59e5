import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackJson } from "./stack-json";

export interface SynthesizedStack {
  readonly name: string;
  /** Its Terraform JSON. */
  readonly file: string;
  readonly json: StackJson;
  /** The warnings of its constructs. */
  readonly warnings: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
  readonly annotations: readonly { readonly constructPath: string; readonly message: string }[];
}

/** The stacks that an app wrote into its output folder. */
export function stacksIn(outputFolder: string): readonly SynthesizedStack[] {
  const { stacks }: Manifest = JSON.parse(readFileSync(join(outputFolder, "manifest.json"), "utf8"));
  return Object.values(stacks).map(({ name, synthesizedStackPath, annotations }) => {
    const file = join(outputFolder, synthesizedStackPath);
    const warnings = annotations.map(({ constructPath, message }) => `${constructPath}: ${message}`);
    return { name, file, json: JSON.parse(readFileSync(file, "utf8")), warnings };
  });
}

/** What a stack contains, in one line. */
export function contentsOf({ resource = {}, data = {}, output = {} }: StackJson): string {
  const counted = (blocks: object, prefix = "") =>
    Object.entries(blocks).map(([type, all]) => `${Object.keys(all).length} ${prefix}${type}`);
  return [...counted(resource), ...counted(data, "data."), `${Object.keys(output).length} outputs`].join(", ");
}

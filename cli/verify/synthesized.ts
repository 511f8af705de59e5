import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface SynthesizedStack {
  readonly name: string;
  /** Its Terraform JSON. */
  readonly file: string;
  /** A summary of the JSON, as shown to the user. */
  readonly holds: string;
  /** The warnings of its constructs. */
  readonly warnings: readonly string[];
}

interface ManifestStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
  readonly annotations: readonly { readonly constructPath: string; readonly message: string }[];
}

type Block = Readonly<Record<string, object>>;

/** The stacks that an app wrote into its output folder. */
export function describeStacks(outputFolder: string): readonly SynthesizedStack[] {
  const manifest = JSON.parse(readFileSync(join(outputFolder, "manifest.json"), "utf8")) as {
    stacks: Record<string, ManifestStack>;
  };
  return Object.values(manifest.stacks).map(({ name, synthesizedStackPath, annotations }) => {
    const file = join(outputFolder, synthesizedStackPath);
    const { resource = {}, data = {}, output = {} } = JSON.parse(readFileSync(file, "utf8")) as Record<string, Block>;
    const holds = [
      ...counted(resource),
      ...counted(data).map((one) => one.replace(" ", " data.")),
      `${Object.keys(output).length} outputs`,
    ].join(", ");
    const warnings = annotations.map(({ constructPath, message }) => `${constructPath}: ${message}`);
    return { name, file, holds, warnings };
  });
}

function counted(block: Block): string[] {
  return Object.entries(block).map(([type, all]) => `${Object.keys(all).length} ${type}`);
}

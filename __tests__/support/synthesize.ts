import { App, TerraformStack } from "cdktf";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

export interface SynthesizedJson {
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly output: Record<string, { value: unknown }>;
  /** The calls of Terraform modules. */
  readonly module: Record<string, Record<string, unknown>>;
}

/** The Terraform JSON of a stack with the constructs that `build` adds, without writing a file. */
export function synthesize(build: (stack: TerraformStack) => void): SynthesizedJson {
  const stack = new TerraformStack(new App(), "test");
  build(stack);
  stack.prepareStack();
  return { resource: {}, data: {}, output: {}, module: {}, ...stack.toTerraform() } as SynthesizedJson;
}

/** The attributes of the only block of a type, without CDKTF's metadata. */
export function only(blocks: Blocks, type: string): Record<string, unknown> {
  const all = Object.values(blocks[type] ?? {});
  if (all.length !== 1) {
    throw new Error(`expected one ${type}, got ${all.length}`);
  }
  const { "//": _metadata, ...attributes } = all[0] as Record<string, unknown>;
  return attributes;
}

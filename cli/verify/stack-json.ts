/** A block of a synthesized stack; only the arguments that describe a role. */
export interface Block {
  readonly "//"?: { readonly metadata: { readonly path: string; readonly uniqueId: string } };
  readonly name?: string;
  readonly name_prefix?: string;
  readonly path?: string;
  readonly permissions_boundary?: string;
  readonly policy_arn?: string;
  readonly statement?: readonly StatementBlock[];
}

interface StatementBlock {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources?: string | readonly string[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: string | readonly string[];
  }[];
}

/** A call of `modules/access`, which writes the statements that depend on unknown values. */
export interface ModuleBlock extends Block {
  readonly access: Readonly<Record<string, unknown>>;
  /** With the Sids of the statements in the stack itself. */
  readonly role: { readonly known?: readonly string[] };
}

type Blocks<B = Block> = Readonly<Record<string, B>>;

export interface StackJson {
  readonly module?: Blocks<ModuleBlock>;
  /** Lists with values that are unknown at synth. */
  readonly locals?: Readonly<Record<string, unknown>>;
  /** By type. */
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly data?: Readonly<Record<string, Blocks>>;
  readonly output?: Readonly<Record<string, unknown>>;
}

/** The path of its construct in the app. */
export const pathOf = (block: Block) => block["//"]?.metadata.path ?? "";

/** Its name in Terraform addresses. */
export const idOf = (block: Block) => block["//"]?.metadata.uniqueId ?? "";

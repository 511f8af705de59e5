export interface Block {
  readonly "//"?: { readonly metadata: { readonly path: string; readonly uniqueId: string } };
}

export interface RoleBlock extends Block {
  readonly name?: string;
  readonly name_prefix?: string;
  readonly permissions_boundary?: string;
}

export interface AttachmentBlock extends Block {
  readonly policy_arn: string;
}

export interface PolicyBlock extends Block {
  readonly name?: string;
  readonly name_prefix?: string;
  readonly path?: string;
}

export interface StatementBlock {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources?: string | readonly string[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: string | readonly string[];
  }[];
}

export interface DocumentBlock extends Block {
  readonly statement?: readonly StatementBlock[];
}

/** A call of `modules/access`, which writes the statements that depend on unknown values. */
export interface ModuleBlock extends Block {
  readonly access: Readonly<Record<string, unknown>>;
  /** The Sids of the statements in the stack itself. */
  readonly known?: readonly string[];
}

export type Blocks<B> = Readonly<Record<string, B>>;

/** A synthesized stack; only the parts about roles. */
export interface StackJson {
  readonly module?: Blocks<ModuleBlock>;
  /** Lists with values that are unknown at synth. */
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly resource?: {
    readonly aws_iam_role?: Blocks<RoleBlock>;
    readonly aws_iam_role_policy_attachment?: Blocks<AttachmentBlock>;
    readonly aws_iam_policy?: Blocks<PolicyBlock>;
  };
  readonly data?: {
    readonly aws_iam_policy_document?: Blocks<DocumentBlock>;
    readonly aws_partition?: Blocks<Block>;
  };
}

export function blocks<B extends Block>(all: Blocks<B> = {}): B[] {
  return Object.values(all);
}

/** The path of its construct in the app. */
export function pathOf(block: Block): string {
  return block["//"]?.metadata.path ?? "";
}

/** Its name in Terraform addresses. */
export function idOf(block: Block): string {
  return block["//"]?.metadata.uniqueId ?? "";
}

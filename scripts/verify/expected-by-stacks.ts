import { readFileSync } from "node:fs";
import { describeStacks } from "../parts/synthesized";
import type { PolicyJson } from "./policies/policy-json";
import { ACCOUNT, PARTITION, type RoleExpectation } from "./role-expectation";

interface Block {
  readonly "//"?: { readonly metadata: { readonly path: string; readonly uniqueId: string } };
}

interface Role extends Block {
  readonly name?: string;
  readonly name_prefix?: string;
}

interface Attachment extends Block {
  readonly policy_arn: string;
}

interface Policy extends Block {
  readonly name: string;
  readonly path?: string;
}

interface Document extends Block {
  readonly statement?: readonly Statement[];
  /** Statements of which only Terraform knows which there are. */
  readonly dynamic?: { readonly statement: readonly { readonly for_each: string; readonly content: Statement }[] };
}

interface Statement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources?: string | readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: string | readonly string[];
  }[];
}

type Blocks<B> = Readonly<Record<string, B>>;

/** The lists that are not known yet, and other things. */
type Locals = Readonly<Record<string, readonly unknown[]>>;

export interface StackJson {
  readonly locals?: Locals;
  readonly resource?: {
    readonly aws_iam_role?: Blocks<Role>;
    readonly aws_iam_role_policy_attachment?: Blocks<Attachment>;
    readonly aws_iam_policy?: Blocks<Policy>;
  };
  readonly data?: {
    readonly aws_iam_policy_document?: Blocks<Document>;
    readonly aws_partition?: Blocks<Block>;
  };
}

/** The execution roles in the stacks that an app wrote into its output folder. */
export function expectedByStacks(outputFolder: string): RoleExpectation[] {
  return describeStacks(outputFolder).flatMap(({ file }) => rolesIn(JSON.parse(readFileSync(file, "utf8"))));
}

export function rolesIn({ resource = {}, data = {}, locals = {} }: StackJson): RoleExpectation[] {
  const { aws_iam_role, aws_iam_role_policy_attachment, aws_iam_policy } = resource;
  const { aws_iam_policy_document, aws_partition } = data;
  return blocks(aws_iam_role).flatMap((role) => {
    const construct = pathOf(role).replace(/\/[^/]+$/, "");
    const below = <B extends Block>(all: Blocks<B> | undefined, path: string) =>
      blocks(all).filter((block) => pathOf(block).startsWith(`${construct}/${path}`));
    const [trust] = below(aws_iam_policy_document, "assume-role-policy");
    const [partition] = below(aws_partition, "partition");
    if (!trust || !partition) {
      return [];
    }
    const roleName = role.name ?? `${role.name_prefix ?? ""}\${unique}`;
    const written = (text: string) =>
      text
        .replaceAll(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/g, `\${${ACCOUNT}}`)
        .replaceAll(`\${data.aws_partition.${idOf(partition)}.partition}`, `\${${PARTITION}}`)
        .replaceAll(`\${aws_iam_role.${idOf(role)}.name}`, roleName);
    const [policy] = below(aws_iam_policy, "access/");
    const [document] = below(aws_iam_policy_document, "access/");
    const accessArn =
      policy && `arn:\${${PARTITION}}:iam::\${${ACCOUNT}}:policy${policy.path ?? "/"}${written(policy.name)}`;
    const policyArns = below(aws_iam_role_policy_attachment, "").map(({ policy_arn }) =>
      policy && accessArn && policy_arn === `\${aws_iam_policy.${idOf(policy)}.arn}` ? accessArn : written(policy_arn),
    );
    return [
      {
        roleName,
        policyArns,
        trust: policyJson(trust, locals, written),
        ...(accessArn &&
          document && {
            access: {
              policyArn: accessArn,
              document: policyJson(document, locals, written),
              atMost: "dynamic" in document,
            },
          }),
      },
    ];
  });
}

/** A policy document as IAM gets it. */
function policyJson(
  { statement = [], dynamic }: Document,
  locals: Locals,
  written: (text: string) => string,
): PolicyJson {
  const texts = (values: string | readonly string[] = []) =>
    (typeof values === "string" ? resourcesIn(values, locals) : values).map(written);
  const later = dynamic?.statement.map(({ for_each, content }) => ({ ...content, resources: for_each })) ?? [];
  return {
    Statement: [...statement, ...later].map(({ sid, actions, resources, principals = [], condition = [] }) => ({
      Effect: "Allow",
      ...(sid && { Sid: sid }),
      Action: actions,
      ...(resources && { Resource: texts(resources) }),
      ...(principals.length > 0 && {
        Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
      }),
      ...(condition.length > 0 && {
        Condition: Object.fromEntries(
          condition.map(({ test, variable, values }) => [test, { [variable]: texts(values) }]),
        ),
      }),
    })),
  };
}

/** What only Terraform knows, in the forms that a policy has. */
export const UNKNOWN = ["${unknown}", "${unknown}:*", "${unknown}-??????"];

/** What an expression may come to: the texts in it, those of the locals that it names, and what only Terraform knows. */
function resourcesIn(expression: string, locals: Locals): string[] {
  const texts = [...expression.matchAll(/"((?:arn:[^"\\]+)|\*)"/g)].map(([, text = ""]) => text);
  const named = [...expression.matchAll(/local\.([\w-]+)/g)].flatMap(([, name = ""]) => locals[name] ?? []);
  return [...texts, ...named.filter((one) => typeof one === "string"), ...UNKNOWN];
}

function blocks<B extends Block>(all: Blocks<B> = {}): B[] {
  return Object.values(all);
}

function pathOf(block: Block): string {
  return block["//"]?.metadata.path ?? "";
}

function idOf(block: Block): string {
  return block["//"]?.metadata.uniqueId ?? "";
}

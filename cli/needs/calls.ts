import type { AccessStatement } from "../../modules/ecs-task-execution-role/synth/statements";
import type { Keys, Stored } from "../account/stored";
import { describeStored, readsThrough, type StoredGrant } from "./decryption";
import { type Grant, grantsOfTask } from "./grants";
import type { Task } from "./task";

/** A call that Amazon ECS makes with the execution role. */
export interface NeededCall {
  readonly action: string;
  readonly resource: string;
  /** The pattern that the resource is an example of, if the resource itself is unknown. */
  readonly pattern?: string;
  /** Condition keys that only this call has. */
  readonly context: Readonly<Record<string, string>>;
  readonly task: string;
  readonly part: string;
  readonly field: string;
  /** Why the call fails, whatever the role allows. */
  readonly fails?: string;
}

/** What a role needs for one task. */
export interface Needs {
  readonly calls: readonly NeededCall[];
  /** The statements that allow them, as the module writes them. */
  readonly statements: readonly AccessStatement[];
  /** What is unknown. */
  readonly notes: readonly string[];
}

export async function needsOf(task: Task, keys: Keys): Promise<Needs> {
  const grants = grantsOfTask(task);
  const stored = await describeStored(grants, keys, task.location);
  const found = new Map(stored.map((one) => [one.of, one]));
  const decrypting = stored.flatMap(({ decrypts }) => decrypts ?? []);
  return {
    calls: [
      ...grants.flatMap((one) => callsOf(one, task, found.get(one)?.stored)),
      ...stored.flatMap((one) => decryptionCalls(one, task)),
    ],
    statements: [...grants, ...decrypting].flatMap(({ statements }) => statements),
    notes: stored.flatMap(({ of, stored: { exists, unknown } }) => [
      ...(unknown === undefined ? [] : [unknown]),
      ...(task.isPlanned && !exists ? [`${of.arn} does not exist yet, so its KMS key is unknown`] : []),
    ]),
  };
}

function callsOf(
  { statements, part, field, arn: granted, logStream }: Grant,
  { name: task, isPlanned }: Task,
  { exists = true, arn, unknown }: Partial<Stored> = {},
): NeededCall[] {
  const fails = exists || isPlanned ? {} : { fails: "it does not exist" };
  const [, , , region = ""] = granted.split(":");
  return statements.flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      widest(resources).map((resource) => ({
        action,
        resource: arn ?? concrete(resource, logStream),
        ...(unknown !== undefined && /[*?]/.test(resource) && { pattern: resource }),
        // A call without a resource is made in the Region of the ARN that needs it.
        context: resource === "*" && region ? inRegion(region) : {},
        task,
        part,
        field,
        ...fails,
      })),
    ),
  );
}

const inRegion = (region: string) => ({ "aws:RequestedRegion": region });

/** Secrets Manager and SSM decrypt on behalf of the role, with the ARN in the encryption context. */
function decryptionCalls({ of, stored, decrypts }: StoredGrant, { name: task, location }: Task): NeededCall[] {
  const { part, field, arn: key = "" } = decrypts ?? of;
  const service = readsThrough(of) ?? "";
  const [, , , region = ""] = key.split(":");
  const encrypted = stored.arn ?? concrete(of.statements[0]?.resources[0] ?? "");
  const context = {
    "aws:ViaAWSService": "true",
    "kms:ViaService": `${service}.${region}.${SUFFIX[location.partition] ?? "amazonaws.com"}`,
    [ENCRYPTION_CONTEXT[service] ?? ""]: encrypted,
  };
  const unusable = stored.keyState === undefined ? {} : { fails: `the key is ${stored.keyState}` };
  return (decrypts?.statements ?? []).flatMap(({ actions }) =>
    actions.map((action) => ({ action, resource: key, context, task, part, field, ...unusable })),
  );
}

/** The DNS suffix of services in partitions with a different suffix. */
const SUFFIX: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

const ENCRYPTION_CONTEXT: Readonly<Record<string, string>> = {
  secretsmanager: "kms:EncryptionContext:SecretARN",
  ssm: "kms:EncryptionContext:PARAMETER_ARN",
};

/** If a statement has a log group with and without its streams, the call is on a stream. */
function widest(resources: readonly string[]): string[] {
  return resources.filter((one) => !resources.includes(`${one}:*`));
}

/** An example resource that a pattern matches; `*` alone stays, for actions without resources. */
export function concrete(pattern: string, logStream = "ecs/task/1"): string {
  return pattern
    .replace(/(:log-group:[^:]+):\*$/, `$1:log-stream:${logStream}`)
    .replace(/(?<=.)\*/g, "x")
    .replace(/\?/g, "x");
}

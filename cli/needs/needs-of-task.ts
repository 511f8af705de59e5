import type { AccessStatement } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { accountOf } from "../arns";
import { type Keys, type Stored, whyAbsent } from "../aws-calls/stored";
import { describeStored, readsThrough, type StoredGrant } from "./decryption";
import type { NeededCall } from "./needed-call";
import type { Task } from "./task";
import { type Grant, taskGrants } from "./task-grants";
import { anythingFor } from "./unknown-field";

/** What a role needs for one task. */
export interface Needs {
  readonly calls: readonly NeededCall[];
  /** The statements that allow them, as the module writes them. */
  readonly statements: readonly AccessStatement[];
  /** What is unknown. */
  readonly notes: readonly string[];
}

export async function needsOf(task: Task, keys: Keys): Promise<Needs> {
  const grants = taskGrants(task);
  const stored = await describeStored(grants, keys, task.location, task.created);
  const found = new Map(stored.map((one) => [one.of, one]));
  const { unknown = [] } = task;
  const decrypting = stored.flatMap(({ decrypts }) => decrypts ?? []);
  return {
    calls: [
      ...grants.flatMap((one) => callsOf(one, task, found.get(one)?.stored)),
      ...stored.flatMap((one) => decryptionCalls(one, task)),
    ],
    statements: [
      ...[...grants, ...decrypting].flatMap(({ statements }) => statements),
      ...unknown.flatMap(({ mayNeed }) => anythingFor(mayNeed)),
    ],
    notes: [
      ...unknown.flatMap(({ note }) => note ?? []),
      ...stored.flatMap(({ of, stored: { exists, unknown } }) => [
        ...(unknown === undefined ? [] : [unknown]),
        ...(task.isPlanned && !exists ? [`${of.arn} does not exist yet, so its KMS key is unknown`] : []),
      ]),
    ],
  };
}

function callsOf(
  { statements, component, field, arn: granted, logStream }: Grant,
  of: Task,
  stored: Partial<Stored> = {},
): NeededCall[] {
  const { name: task, isFargate = false, isPlanned } = of;
  const { exists = true, arn, unknown } = stored;
  const fails = whyFails(stored, of);
  const isUnknown = unknown !== undefined || (field === "logGroups" && logStream === "*");
  const [, , service = "", region = ""] = granted.split(":");
  return statements.flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      widest(resources).map((resource) => ({
        action,
        // CloudWatch Logs asks for permission to create a group on its ARN with an empty stream.
        resource: arn ?? concrete(resource, action === "logs:CreateLogGroup" ? "" : logStream),
        ...(isUnknown && /[*?]/.test(resource) && { pattern: resource }),
        ...(resources.includes(resource.replace(/:\*$/, "")) &&
          resource.endsWith(":*") && { or: resource.slice(0, -2) }),
        // A call without a resource is made in the Region of the ARN that needs it.
        keys: { ...(resource === "*" && region && inRegion(region)), ...keysOf(action, granted) },
        // Parameter Store reads the secret that a parameter refers to.
        ...(action === READS_SECRETS && service === "ssm" && { through: { service, of: granted } }),
        ...(isFargate && { isFargate }),
        task,
        component,
        field,
        ...(!exists && isPlanned && { isAbsentBeforeApply: true }),
        ...(fails && { fails }),
      })),
    ),
  );
}

/**
 * Why a secret or a parameter cannot be read, whatever the role allows.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
function whyFails({ exists = true, arn, keyArn, unknown }: Partial<Stored>, { isPlanned, location }: Task) {
  if (!exists) {
    return isPlanned ? undefined : whyAbsent({ arn });
  }
  const hasOwnKey = keyArn !== undefined || unknown !== undefined;
  const isForeign = arn !== undefined && accountOf(arn) !== location.account;
  return isForeign && !hasOwnKey
    ? "it is encrypted with aws/secretsmanager, which other accounts cannot use"
    : undefined;
}

const inRegion = (region: string) => ({ "aws:RequestedRegion": [region] });

const READS_SECRETS = "secretsmanager:GetSecretValue";

/**
 * What ECS requests of a secret, according to a `valueFrom`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
function keysOf(action: string, valueFrom: string): NeededCall["keys"] {
  const segments = valueFrom.split(":");
  if (action !== READS_SECRETS || segments[2] !== "secretsmanager") {
    return {};
  }
  const [stage, version] = segments.slice(8);
  const secret = segments.slice(0, 7).join(":");
  return {
    "secretsmanager:VersionStage": stage ? [stage] : [],
    "secretsmanager:VersionId": version ? [version] : [],
    // The name of a secret became a pattern.
    ...(!secret.includes("?") && { "secretsmanager:SecretId": [secret] }),
  };
}

/** Secrets Manager and SSM decrypt on behalf of the role, with the ARN in the encryption context. */
function decryptionCalls({ of, stored, decrypts }: StoredGrant, { name: task }: Task): NeededCall[] {
  const { component, field, arn: key = "" } = decrypts ?? of;
  const through = {
    service: readsThrough(of) ?? "",
    of: stored.arn ?? concrete(of.statements[0]?.resources[0] ?? ""),
  };
  const unusable = stored.keyState === undefined ? {} : { fails: `the key is ${stored.keyState}` };
  return (decrypts?.statements ?? []).flatMap(({ actions }) =>
    actions.map((action) => ({ action, resource: key, keys: {}, through, task, component, field, ...unusable })),
  );
}

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

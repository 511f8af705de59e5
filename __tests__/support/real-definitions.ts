import type { Call } from "./evaluate";
import { fixture } from "./fixture";

/** Container definitions from a public source, and the permissions that an expert grants for them. */
export interface RealDefinition {
  readonly title: string;
  readonly source: string;
  readonly note?: string;
  readonly containerDefinitions: readonly object[];
  /** The resources of each statement, for a task in account 111122223333 and us-east-1. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

export const REAL_DEFINITIONS = fixture<readonly RealDefinition[]>("container-definitions.json");

/** The expert's policy, with the statements that the fixture omits because they are obvious. */
export function expectedResources({ expected }: RealDefinition, account = "111122223333"): Record<string, string[]> {
  const login = expected.PullImages ? { RegistryLogin: ["*"] } : {};
  const all = Object.keys(expected).length === 0 ? { NothingNeeded: ["*"] } : { ...login, ...expected };
  return Object.fromEntries(
    Object.entries(all).map(([sid, arns]) => [
      sid,
      arns.map((arn: string) => arn.replaceAll("111122223333", account)).sort(),
    ]),
  );
}

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  RegistryLogin: ["ecr:GetAuthorizationToken"],
  PullImages: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  WriteLogs: ["logs:CreateLogStream", "logs:PutLogEvents"],
  CreateLogGroups: ["logs:CreateLogGroup"],
  ReadSecrets: ["secretsmanager:GetSecretValue"],
  ReadParameters: ["ssm:GetParameters"],
  ReadEnvironmentFiles: ["s3:GetObject"],
  LocateEnvironmentFiles: ["s3:GetBucketLocation"],
  ReadCredentialSpecs: ["s3:GetObject", "s3:GetObjectVersion"],
  LocateCredentialSpecs: ["s3:GetBucketLocation", "s3:ListBucket"],
};

const OWN_BUCKET = { "aws:ResourceAccount": "111122223333", "aws:PrincipalAccount": "111122223333" };

/** The calls that ECS makes to start these containers, and a similar call for each, which must be denied. */
export function callsOf(definition: RealDefinition): { allowed: Call[]; denied: Call[] } {
  const calls = Object.entries(expectedResources(definition))
    .filter(([sid]) => sid !== "NothingNeeded")
    .flatMap(([sid, resources]) =>
      (ACTIONS[sid] ?? []).flatMap((action) =>
        resources.map((resource) => ({
          action,
          resource: resource
            .replace("??????", "AbCdEf")
            .replace(/:\*$/, action.endsWith("Group") ? ":x" : ":log-stream:a/b"),
          ...(action.startsWith("s3:") && { context: OWN_BUCKET }),
        })),
      ),
    );
  const neighbours = calls
    .filter(({ resource }) => resource !== "*")
    .map((call) => ({ ...call, resource: neighbourOf(call.resource) }));
  const known = new Set(calls.map(({ action, resource }) => `${action} ${resource}`));
  return { allowed: calls, denied: neighbours.filter(({ action, resource }) => !known.has(`${action} ${resource}`)) };
}

/** A resource with a similar name. */
function neighbourOf(resource: string): string {
  return resource.includes(":log-group:") ? resource.replace(/(:log-group:[^:]+)/, "$1x") : `${resource}x`;
}

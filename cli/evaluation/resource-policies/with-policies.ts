import type { Lookups } from "../../aws-calls/lookups/answers";
import { grouped } from "../../grouped";
import type { NeededCall } from "../../needs/needed-call";

/** The policies of resources, by service. */
export const NAMES: Readonly<Record<string, string>> = {
  ecr: "the repository policy",
  kms: "the key policy",
  s3: "the bucket policy",
  secretsmanager: "the policy of the secret",
};

export const serviceOf = (arn: string) => arn.split(":")[2] ?? "";

/** The ARN of the resource with a policy that decides a call; undefined if there is none. */
export function withPolicy({ resource, pattern, fails, isAbsentBeforeApply = false }: NeededCall): string | undefined {
  if (isAbsentBeforeApply || fails !== undefined || !(serviceOf(resource) in NAMES)) {
    return undefined;
  }
  // A bucket has the policy for its files. A secret can be named without its suffix.
  return serviceOf(resource) === "s3" ? resource.replace(/\/.*$/s, "") : (pattern ?? resource).replace(/-\?{6}$/, "");
}

/** Notes on the policies that are unknown. */
export async function notesOnPolicies(calls: readonly NeededCall[], policy: Lookups["policy"]): Promise<string[]> {
  const resources = [...new Set(calls.flatMap((call) => withPolicy(call) ?? []))];
  const unknown = await Promise.all(
    resources.map(async (resource) => {
      const answer = await policy(resource);
      return answer && "unknown" in answer ? [{ resource, why: answer.unknown }] : [];
    }),
  );
  return grouped(unknown.flat(), ({ why }) => why).map((same) => {
    const policies = same.map(({ resource }) => resource).join(", ");
    return `the policy of ${policies} is unknown (${same[0].why}), and can deny what is ok here`;
  });
}

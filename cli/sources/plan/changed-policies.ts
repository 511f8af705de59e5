import type { Plan } from "./json/plan-json";

/** The argument that names a repository, a key, a bucket or a secret, by the type of what sets its policy. */
const NAMED_BY: Readonly<Record<string, string>> = {
  aws_ecr_repository_policy: "repository",
  aws_kms_key: "arn",
  aws_kms_key_policy: "key_id",
  aws_s3_bucket: "bucket",
  aws_s3_bucket_policy: "bucket",
  aws_secretsmanager_secret: "arn",
  aws_secretsmanager_secret_policy: "secret_arn",
};

/** The ARNs or names of the resources whose policy is another one after a plan. */
export function changedPoliciesIn({ resource_changes = [] }: Plan): string[] {
  return resource_changes
    .filter(({ change: { before, after } }) => before?.policy !== after?.policy)
    .flatMap(({ type = "", change: { before, after } }) =>
      [before, after].map((values) => values?.[NAMED_BY[type] ?? ""]).filter((name) => typeof name === "string"),
    );
}

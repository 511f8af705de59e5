import { ARN_FIELDS } from "../aws/arn-fields";
import { type CheckedKind, VALUE_PATTERNS } from "../aws/container-fields";
import type { ContainersRow, Rule, Wording } from "./rule";

const WORDING: Readonly<Record<CheckedKind, Wording>> = {
  images: {
    must: "be an image",
    fix: "write REPOSITORY, REPOSITORY:TAG or REPOSITORY@DIGEST, with the registry before it",
  },
  registryCredentials: {
    must: "be the ARN or the name of a Secrets Manager secret",
    fix: `write "${ARN_FIELDS.secrets.form}"`,
  },
  secretReferences: {
    must: "be the ARN of a Secrets Manager secret or of an SSM parameter, or a parameter's name",
    fix: `write "${ARN_FIELDS.secrets.form}", "${ARN_FIELDS.parameters.form}" or the name`,
  },
  awslogsGroups: {
    must: "be the name of a CloudWatch log group",
    fix: "write its name in awslogs-group, and a Region as awslogs-region",
  },
  s3Files: { must: "be the ARN of an S3 object", fix: `write "${ARN_FIELDS.environmentFiles.form}"` },
  credentialSpecs: {
    must: "be a credential specification in S3, in an SSM parameter or in a file",
    fix: 'write "credentialspec:" or "credentialspecdomainless:" and the ARN',
  },
};

/** What each kind of value must be; a fault names the container and the field. */
export const VALUES_OF_CONTAINERS = Object.entries(WORDING).map(([kind, wording]): ContainersRow & Wording => ({
  containers: kind as CheckedKind,
  patterns: VALUE_PATTERNS[kind as CheckedKind],
  ...wording,
}));

/** The rules on container definitions. */
export const CONTAINER_RULES: readonly Rule[] = [
  {
    readable: "containerDefinitions",
    must: "be an array of container definitions, or its JSON",
    fix: "pass what the task definition gets",
  },
  ...VALUES_OF_CONTAINERS,
];

import { LIST_FIELDS } from "../aws/access-fields";
import { type CheckedKind, SHAPES, VALUE_FORMATS } from "../aws/container-fields";
import { CONTAINERS_AT_MOST, LOG_GROUP_AT_MOST } from "../aws/limits";
import type { ContainersRow, Rule, Wording } from "./rule";

const WORDING: Readonly<Record<CheckedKind, Wording>> = {
  images: {
    must: "be an image reference",
    fix: "write REPOSITORY, REPOSITORY:TAG or REPOSITORY@sha256:DIGEST (64 hexadecimal digits), optionally prefixed with REGISTRY/",
  },
  imagesLikeEcr: {
    must: "be an ECR image, because its registry looks like an ECR registry",
    fix: "write ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY, in lowercase, with the 12-digit account ID",
  },
  registryCredentials: {
    must: "be the ARN or the name of a Secrets Manager secret",
    fix: `write "${LIST_FIELDS.secrets.form}"`,
  },
  credentialsForEcr: {
    must: "not be set for an image in ECR, which ECS pulls with the execution role",
    fix: "remove repositoryCredentials",
  },
  valuesFrom: {
    must: "be the ARN of a Secrets Manager secret or of an SSM parameter, or a parameter's name",
    fix: `write "${LIST_FIELDS.secrets.form}", "${LIST_FIELDS.parameters.form}" or the parameter's name`,
  },
  logDrivers: { must: "be the name of a log driver", fix: "write awslogs, awsfirelens or another driver" },
  awslogsGroups: {
    must: `be the name of a CloudWatch log group, 1 to ${LOG_GROUP_AT_MOST} characters from A-Z a-z 0-9 . _ / # -`,
    fix: "write the group's name in awslogs-group",
  },
  awslogsRegions: {
    must: "be a Region",
    fix: 'use a Region such as "eu-west-1", or omit it to use the Region of the task',
  },
  awslogsCreateGroup: { must: 'be the string "true" or "false"', fix: 'write "true" or "false"' },
  s3Files: { must: "be the ARN of an S3 object", fix: `write "${LIST_FIELDS.environmentFiles.form}"` },
  environmentFileTypes: { must: 'be "s3", the only type of environment file', fix: 'write "s3"' },
  configFileTypes: { must: 'be "s3" or "file"', fix: 'write "s3" for an object in S3, "file" for a file in the image' },
  credentialSpecs: {
    must: "be a credential specification in S3, in an SSM parameter or in a file",
    fix: 'write "credentialspec:" or "credentialspecdomainless:" followed by the ARN',
  },
};

/** The rules on each kind of value; the error names the container and the field. */
export const VALUES_OF_CONTAINERS = Object.entries(WORDING).map(([kind, wording]): ContainersRow & Wording => ({
  containers: kind as CheckedKind,
  format: VALUE_FORMATS[kind as CheckedKind],
  ...wording,
}));

export const SHAPES_WORDING: Wording = {
  must: "match the structure and the key spelling of the ECS API",
  fix: "write it in the format that register-task-definition accepts",
};

export const READABLE: Wording = {
  must: "be container definitions: a list, the list as JSON, or a task definition that contains them",
  fix: "pass what you pass to the task definition: a list of objects with name and image, or the list as JSON",
};

export const TASK_SIZE: Wording = {
  must: `have at most ${CONTAINERS_AT_MOST} containers per task definition`,
  fix: "pass several task definitions as a list of JSON strings",
};

/** The rules on container definitions. */
export const CONTAINER_RULES: readonly Rule[] = [
  { readable: "containerDefinitions", ...READABLE },
  { containersAtMost: CONTAINERS_AT_MOST, ...TASK_SIZE },
  { shapes: SHAPES, ...SHAPES_WORDING },
  ...VALUES_OF_CONTAINERS,
];

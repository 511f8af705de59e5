/** A replacement in an ARN. JavaScript and Terraform interpret both parts the same way. */
export type Replacement = readonly [pattern: RegExp, by: string];

/** How an input becomes the resource ARNs of a statement: the replacements for each ARN, in order. */
export type ArnMapping = readonly (readonly Replacement[])[];

/** Requires a name before the streams: in `log-group:*`, `*` is the name of the log group. */
const WITHOUT_STREAMS: Replacement = [/(:log-group:[^:]+):\*$/, "$1"];

const append = (text: string): Replacement => [/$/, text];

/** The ARN itself is the resource. */
export const asGiven: ArnMapping = [[]];

/** The resource of actions without resource-level permissions. */
export const anyResource: ArnMapping = [[[/^.*$/, "*"]]];

/**
 * GuardDuty hosts its agent in a different account in each Region, and adds Regions over time. Only the repository's name
 * stays the same.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html
 */
export function guardDutyRepository(partition: string): string {
  return `arn:${partition}:ecr:*:*:repository/aws-guardduty-agent-fargate`;
}

/**
 * The streams of a log group: the only form that IAM matches for `CreateLogStream` and `PutLogEvents`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export const logStreams: ArnMapping = [[WITHOUT_STREAMS, append(":*")]];

/** A log group with and without its streams: AWS's pages disagree on which form `CreateLogGroup` needs. */
export const logGroupAndStreams: ArnMapping = [[WITHOUT_STREAMS], [WITHOUT_STREAMS, append(":*")]];

/**
 * A secret without the JSON key, version stage and version ID of a `valueFrom`, which are not part of the secret's ARN.
 * For a name without the suffix that Secrets Manager appends, `-??????` matches that suffix; `-*` would also match
 * secrets whose names begin with this name and a hyphen. A parameter that refers to a secret becomes that secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export const secret: ArnMapping = [
  [
    [/:ssm:([^:]*:[^:]*):parameter\/+aws\/reference\/secretsmanager\/(.*)$/, ":secretsmanager:$1:secret:$2-??????"],
    [/^(([^:]*:){6}[^:]*).*$/, "$1"],
    append("-??????"),
    [/(-[A-Za-z0-9?]{6}|\*)-\?{6}$/, "$1"],
  ],
];

/** An ARN has a single slash after `parameter`, and no account ID for AWS's public parameters. */
export const parameter: ArnMapping = [
  [
    [/:parameter\/+/, ":parameter/"],
    [/:[^:]*:parameter\/aws\/service\//, "::parameter/aws/service/"],
  ],
];

/** The bucket of an S3 object. */
export const bucket: ArnMapping = [[[/\/.*$/, ""]]];

/** The Region of an ARN. */
export const region: ArnMapping = [[[/^[^:]*:[^:]*:[^:]*:([^:]*):.*$/, "$1"]]];

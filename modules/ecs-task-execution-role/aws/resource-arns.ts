/** What is replaced in an ARN, and by what; JavaScript and Terraform read both alike. */
export type Replacement = readonly [pattern: RegExp, by: string];

/** How an input becomes the resource ARNs of a statement: for each of them, what is replaced in the input, in order. */
export type ArnMapping = readonly (readonly Replacement[])[];

/** A name of its own must stand before the streams: the group of `log-group:*` is `*`. */
const WITHOUT_STREAMS: Replacement = [/(:log-group:[^:]+):\*$/, "$1"];

const append = (text: string): Replacement => [/$/, text];

/** The ARN is the resource. */
export const asGiven: ArnMapping = [[]];

/**
 * The streams of a log group: the only form that `CreateLogStream` and `PutLogEvents` look at.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export const logStreams: ArnMapping = [[WITHOUT_STREAMS, append(":*")]];

/** A log group with and without its streams: AWS's pages differ in which `CreateLogGroup` looks at. */
export const logGroupAndStreams: ArnMapping = [[WITHOUT_STREAMS], [WITHOUT_STREAMS, append(":*")]];

/**
 * A secret without the JSON key, version stage and version id of a `valueFrom`, which IAM does not know. For a name
 * without the suffix that Secrets Manager appends, `-??????` matches that suffix; `-*` would also match the secrets
 * whose names begin with this one and a hyphen. A parameter that refers to a secret becomes that secret.
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

/** A parameter's name begins with a slash, its ARN has only one after `parameter`. AWS's own belong to no account. */
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

import { quoted } from "../hcl/language";

/**
 * How an input becomes the resource ARNs of a statement: as a function for what is known at synth,
 * and as the same thing in Terraform's language for what is not.
 */
export interface ArnMapping {
  readonly literal: (arn: string) => readonly string[];
  /** A Terraform expression that is a list; `arn` is the name of a variable. */
  readonly terraform: (arn: string) => string;
}

/** The ARN is the resource. */
export const asGiven: ArnMapping = {
  literal: (arn) => [arn],
  terraform: (arn) => `[${arn}]`,
};

/**
 * The streams of a log group: the only form that `CreateLogStream` and `PutLogEvents` look at.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export const logStreams: ArnMapping = {
  literal: (arn) => [`${withoutStreams(arn)}:*`],
  terraform: (arn) => `["\${${withoutStreamsInTerraform(arn)}}:*"]`,
};

/** A log group with and without its streams: AWS's pages differ in which `CreateLogGroup` looks at. */
export const logGroupAndStreams: ArnMapping = {
  literal: (arn) => [withoutStreams(arn), `${withoutStreams(arn)}:*`],
  terraform: (arn) => `[${withoutStreamsInTerraform(arn)}, "\${${withoutStreamsInTerraform(arn)}}:*"]`,
};

/**
 * A secret without the JSON key, version stage and version id of a `valueFrom`, which IAM does not
 * know. For a name without the suffix that Secrets Manager appends, `-??????` matches that suffix;
 * `-*` would also match the secrets whose names begin with this one and a hyphen.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
export const secret: ArnMapping = {
  literal: (arn) => {
    const [name = arn] = arn.match(SECRET_ARN) ?? [];
    return [COMPLETE_SECRET_NAME.test(name) ? name : `${name}-??????`];
  },
  terraform: (arn) =>
    `[for name in [try(regex(${quoted(SECRET_ARN)}, ${arn}), ${arn})] : ` +
    `can(regex(${quoted(COMPLETE_SECRET_NAME)}, name)) ? name : "\${name}-??????"]`,
};

/** A parameter's name begins with a slash, its ARN has only one after `parameter`. */
export const parameter: ArnMapping = {
  literal: (arn) => [arn.replace(/:parameter\/+/, ":parameter/")],
  terraform: (arn) => `[replace(${arn}, "/:parameter\\\\/+/", ":parameter/")]`,
};

/** The bucket of an S3 object. */
export const bucket: ArnMapping = {
  literal: (arn) => [arn.replace(/\/.*$/s, "")],
  terraform: (arn) => `[split("/", ${arn})[0]]`,
};

const SECRET_ARN = /^[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:[^:]*/;
const COMPLETE_SECRET_NAME = /(-[A-Za-z0-9?]{6}|\*)$/;

// A name of its own must stand before the streams: the group of `log-group:*` is `*`.
function withoutStreams(logGroup: string): string {
  return logGroup.replace(/(:log-group:[^:]+):\*$/, "$1");
}

function withoutStreamsInTerraform(logGroup: string): string {
  return `replace(${logGroup}, "/(:log-group:[^:]+):\\\\*$/", "$1")`;
}

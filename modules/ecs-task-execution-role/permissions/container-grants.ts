import { GRANT_FIELDS, type GrantField } from "./access-fields";
import { ECR_IMAGE, type OnValues, type Settings } from "./container-fields";

/** Where the task runs, which container definitions omit. */
export interface TaskLocation {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Grants a value of one kind as if it were in a field of `access`. The ARN is built from the pattern's captures. */
export interface Derivation extends OnValues {
  readonly grants: GrantField;
  readonly pattern: RegExp;
  readonly arn: (captured: readonly [string, string, string], location: TaskLocation, settings: Settings) => string;
}

const asCaptured: Derivation["arn"] = ([arn]) => arn;

const LOG_GROUP = {
  kind: "logGroup",
  pattern: /^(.+)$/,
  arn: ([name], { partition, region, account }, { logRegion }) =>
    `arn:${partition}:logs:${logRegion || region}:${account}:log-group:${name}`,
} satisfies Partial<Derivation>;

/**
 * What each value in container definitions grants.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export const DERIVATIONS: readonly Derivation[] = [
  {
    kind: "image",
    grants: "imageRepositories",
    pattern: ECR_IMAGE,
    arn: ([account, region, name], { partition }) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`,
  },
  { grants: "logGroups", settings: ["logRegion"], ...LOG_GROUP },
  { grants: "createLogGroups", settings: ["logRegion", "createsLogGroup"], ...LOG_GROUP },
  { kind: "registryCredentials", grants: "secrets", pattern: /^(arn:.+)$/, arn: asCaptured },
  {
    kind: "registryCredentials",
    grants: "secrets",
    pattern: /^([^:]+)$/,
    // A name never includes the suffix, even if it ends like one.
    arn: ([name], { partition, region, account }) =>
      `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`,
  },
  { kind: "valueFrom", grants: "secrets", pattern: /^(arn:[^:]+:secretsmanager:.+)$/, arn: asCaptured },
  { kind: "valueFrom", grants: "parameters", pattern: /^(arn:[^:]+:ssm:.+)$/, arn: asCaptured },
  {
    kind: "valueFrom",
    grants: "parameters",
    pattern: /^\/*([^:/][^:]*)$/,
    arn: ([name], { partition, region, account }) => `arn:${partition}:ssm:${region}:${account}:parameter/${name}`,
  },
  { kind: "s3File", grants: "environmentFiles", pattern: /^(arn:.+)$/, arn: asCaptured },
  {
    kind: "credentialSpec",
    grants: "credentialSpecs",
    pattern: /^credentialspec(?:domainless)?:(arn:[^:]+:s3:.+)$/,
    arn: asCaptured,
  },
  {
    kind: "credentialSpec",
    grants: "parameters",
    pattern: /^credentialspec(?:domainless)?:(arn:[^:]+:ssm:.+)$/,
    arn: asCaptured,
  },
];

/** The fields to which container definitions can add ARNs. */
export const DERIVED_FIELDS = GRANT_FIELDS.filter((field) => DERIVATIONS.some(({ grants }) => grants === field));

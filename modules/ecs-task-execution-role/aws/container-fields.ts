import { POLICY_VARIABLE } from "./access-fields";
import { LOG_GROUP_AT_MOST } from "./limits";

// Each of these names exactly one thing, so none may contain `*` or `?`, which are wildcards in a policy.
const SECRET = "arn:aws(-[a-z]+)*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+";
const PARAMETER =
  "arn:aws(-[a-z]+)*:ssm:[a-z0-9-]+:([0-9]{12}:parameter/+[A-Za-z0-9._-][A-Za-z0-9._/-]*|:parameter/aws/service/[A-Za-z0-9._/-]+)";
const S3_OBJECT = String.raw`arn:aws(-[a-z]+)*:s3:::[A-Za-z0-9._-]+/[\x20-\x29\x2B-\x3E\x40-\x7E\u00A0-\u00FF]+`;

/** The registries' domains in all partitions, plain and dual-stack. */
const ECR_DOMAINS = String.raw`(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)`;

/** An image in ECR: its account, Region and repository. */
export const ECR_IMAGE = new RegExp(
  String.raw`^([0-9]{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.${ECR_DOMAINS}\/([^:@]+)`,
);

/** An image whose registry looks like ECR. */
const LIKE_ECR = new RegExp(String.raw`^[^/]*\.dkr[.-]ecr[.-][^/]*${ECR_DOMAINS}(/|:|$)`, "i");

const whole = (...forms: string[]) => new RegExp(`^(${forms.join("|")})$`);

/** The format of a value: it must match one of `patterns`, and must not match `never`. */
export interface ValueFormat {
  /** The values that the format applies to. Omitted if it applies to all. */
  readonly where?: RegExp;
  readonly patterns: readonly RegExp[];
  readonly never?: RegExp;
  readonly atMost?: number;
}

/** The formats of values in container definitions, by kind. */
export const VALUE_FORMATS = {
  images: {
    patterns: [
      /^([A-Za-z0-9.-]+(:[0-9]+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$/,
    ],
  },
  imagesLikeEcr: { where: LIKE_ECR, patterns: [ECR_IMAGE] },
  // An old version of the console wrote an empty string for no credentials.
  registryCredentials: { patterns: [whole(SECRET), /^[A-Za-z0-9/_+=.@!-]*$/] },
  /** ECS pulls from ECR with this role, and rejects other credentials. */
  credentialsForEcr: { patterns: [] },
  valuesFrom: { patterns: [whole(`${SECRET}(:[^:]*:[^:]*:[^:]*)?`, PARAMETER), /^\/*[A-Za-z0-9_.-][A-Za-z0-9_./-]*$/] },
  logDrivers: { patterns: [/^[a-z][a-z0-9-]*$/] },
  awslogsGroups: { patterns: [/^[A-Za-z0-9._/#-]+$/], atMost: LOG_GROUP_AT_MOST },
  awslogsRegions: { patterns: [/^[a-z]{2,4}(-[a-z]+)+-[0-9]+$/] },
  /** Everything that Docker parses as a boolean. */
  awslogsCreateGroup: { patterns: [/^(1|t|T|true|True|TRUE|0|f|F|false|False|FALSE)$/] },
  s3Files: { patterns: [whole(S3_OBJECT)], never: POLICY_VARIABLE },
  environmentFileTypes: { patterns: [/^s3$/] },
  configFileTypes: { patterns: [/^(s3|file)$/] },
  credentialSpecs: {
    patterns: [whole(`credentialspec(domainless)?:(${S3_OBJECT}|${PARAMETER})`), /^credentialspec:file:\/\/.+$/],
    never: POLICY_VARIABLE,
  },
} as const satisfies Record<string, ValueFormat>;

export type CheckedKind = keyof typeof VALUE_FORMATS;

/**
 * The checked kinds; log groups with their Region, as `REGION:NAME`, or as `:NAME` in the task's Region; and the log
 * groups that ECS creates. Names and Regions are checked separately.
 */
export type Kind = CheckedKind | "logGroupsWithRegion" | "logGroupsToCreate";

/** A field of a container definition. In its path, `[]` after a key means every element of that list. */
export interface ContainerField {
  readonly kind: Kind;
  readonly path: string;
  /** Whether the field must be set. */
  readonly required?: boolean;
  /** Other fields of the container that must match; otherwise this field is ignored. */
  readonly onlyWhen?: readonly { readonly path: string; readonly is: RegExp }[];
  /** Values that do not match are ignored. */
  readonly only?: RegExp;
  /** Path of the field with the Region, which is prepended to the value as `REGION:`; empty means the task's Region. */
  readonly region?: string;
}

const WITH_AWSLOGS = { path: "logConfiguration.logDriver", is: /^awslogs$/ };

const LOG_GROUP = "logConfiguration.options.awslogs-group";
const LOG_REGION = "logConfiguration.options.awslogs-region";
const CREATE_GROUP = "logConfiguration.options.awslogs-create-group";

const CREATING = { path: CREATE_GROUP, is: /^(1|t|T|true|True|TRUE)$/ };

const CONFIG_TYPE = "firelensConfiguration.options.config-file-type";

/**
 * The fields that name what ECS accesses before it starts a container.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const CONTAINER_FIELDS: readonly ContainerField[] = [
  { kind: "images", path: "image", required: true },
  { kind: "imagesLikeEcr", path: "image" },
  { kind: "registryCredentials", path: "repositoryCredentials.credentialsParameter" },
  {
    kind: "credentialsForEcr",
    path: "repositoryCredentials.credentialsParameter",
    only: /./,
    onlyWhen: [{ path: "image", is: ECR_IMAGE }],
  },
  { kind: "valuesFrom", path: "secrets[].valueFrom" },
  { kind: "valuesFrom", path: "logConfiguration.secretOptions[].valueFrom" },
  { kind: "logDrivers", path: "logConfiguration.logDriver" },
  { kind: "awslogsGroups", path: LOG_GROUP, required: true, onlyWhen: [WITH_AWSLOGS] },
  { kind: "awslogsRegions", path: LOG_REGION, onlyWhen: [WITH_AWSLOGS] },
  { kind: "awslogsCreateGroup", path: CREATE_GROUP, onlyWhen: [WITH_AWSLOGS] },
  { kind: "logGroupsWithRegion", path: LOG_GROUP, region: LOG_REGION, onlyWhen: [WITH_AWSLOGS] },
  { kind: "logGroupsToCreate", path: LOG_GROUP, region: LOG_REGION, onlyWhen: [WITH_AWSLOGS, CREATING] },
  { kind: "s3Files", path: "environmentFiles[].value" },
  { kind: "environmentFileTypes", path: "environmentFiles[].type" },
  { kind: "configFileTypes", path: CONFIG_TYPE },
  {
    kind: "s3Files",
    path: "firelensConfiguration.options.config-file-value",
    required: true,
    onlyWhen: [{ path: CONFIG_TYPE, is: /^s3$/ }],
  },
  { kind: "credentialSpecs", path: "credentialSpecs[]" },
  { kind: "credentialSpecs", path: "dockerSecurityOptions[]", only: /^credentialspec/ },
];

export const KINDS: readonly Kind[] = [...new Set(CONTAINER_FIELDS.map(({ kind }) => kind))];

/** The type and keys of a container definition, or of an object or list in it. */
export interface Shape {
  /** Empty for the container itself. */
  readonly path: string;
  readonly is: "an object" | "a list of objects" | "a list of texts";
  /** The type, as error messages describe it. */
  readonly what: string;
  /** The keys as ECS spells them. The AWS provider ignores case, so it would accept keys that we do not find. */
  readonly keys: readonly string[];
}

const object = (path: string, keys: readonly string[]): Shape => ({ path, is: "an object", what: "an object", keys });

const objects = (path: string, keys: readonly string[]): Shape => ({
  path,
  is: "a list of objects",
  what: `a list of { ${keys.join(", ")} }`,
  keys,
});

const texts = (path: string): Shape => ({ path, is: "a list of texts", what: "a list of strings", keys: [] });

const CONTAINER_KEYS = [
  "name",
  "image",
  "repositoryCredentials",
  "secrets",
  "logConfiguration",
  "environmentFiles",
  "firelensConfiguration",
  "credentialSpecs",
  "dockerSecurityOptions",
];

export const SHAPES: readonly Shape[] = [
  object("", CONTAINER_KEYS),
  object("repositoryCredentials", ["credentialsParameter"]),
  objects("secrets", ["name", "valueFrom"]),
  object("logConfiguration", ["logDriver", "options", "secretOptions"]),
  object("logConfiguration.options", []),
  objects("logConfiguration.secretOptions", ["name", "valueFrom"]),
  objects("environmentFiles", ["type", "value"]),
  object("firelensConfiguration", ["type", "options"]),
  object("firelensConfiguration.options", []),
  texts("credentialSpecs"),
  texts("dockerSecurityOptions"),
];

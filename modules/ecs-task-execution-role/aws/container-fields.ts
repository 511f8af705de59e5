import { POLICY_VARIABLE } from "./access-fields";
import { LOG_GROUP_AT_MOST } from "./limits";

// ECS reads one thing by each of these, so they hold no wildcard: a policy would take it for one.
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

/** An image in something like ECR. */
const LIKE_ECR = new RegExp(String.raw`^[^/]*\.dkr[.-]ecr[.-][^/]*${ECR_DOMAINS}(/|:|$)`, "i");

const whole = (...forms: string[]) => new RegExp(`^(${forms.join("|")})$`);

/** What a value must be: it matches one of the patterns, and does not hold what it never may. */
export interface ValueFormat {
  /** Which values the format is about, if not all. */
  readonly where?: RegExp;
  readonly patterns: readonly RegExp[];
  readonly never?: RegExp;
  readonly atMost?: number;
}

/** What the values of container definitions must be, by kind. */
export const VALUE_FORMATS = {
  images: {
    patterns: [
      /^([A-Za-z0-9.-]+(:[0-9]+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$/,
    ],
  },
  imagesLikeEcr: { where: LIKE_ECR, patterns: [ECR_IMAGE] },
  // An old version of the console wrote an empty text for none.
  registryCredentials: { patterns: [whole(SECRET), /^[A-Za-z0-9/_+=.@!-]*$/] },
  /** ECS pulls from ECR with this role, so it refuses other credentials. */
  credentialsForEcr: { patterns: [] },
  valuesFrom: { patterns: [whole(`${SECRET}(:[^:]*:[^:]*:[^:]*)?`, PARAMETER), /^\/*[A-Za-z0-9_.-][A-Za-z0-9_./-]*$/] },
  logDrivers: { patterns: [/^[a-z][a-z0-9-]*$/] },
  awslogsGroups: { patterns: [/^[A-Za-z0-9._/#-]+$/], atMost: LOG_GROUP_AT_MOST },
  awslogsRegions: { patterns: [/^[a-z]{2,4}(-[a-z]+)+-[0-9]+$/] },
  /** All that Docker reads as true or false. */
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
 * A log group with its Region, as `REGION:NAME`, or as `:NAME` in the task's Region; and those that ECS creates. Name and
 * Region are checked each for itself.
 */
export type Kind = CheckedKind | "logGroupsWithRegion" | "logGroupsToCreate";

/** A field of a container definition; `[]` at the end of a step of its path stands for each element of a list. */
export interface ContainerField {
  readonly kind: Kind;
  readonly path: string;
  /** Whether it must be there. */
  readonly required?: boolean;
  /** What else of the container decides whether it counts. */
  readonly onlyWhen?: readonly { readonly path: string; readonly is: RegExp }[];
  /** Which of the values count. */
  readonly only?: RegExp;
  /** Where the Region of what it names stands, if it is not the task's: it goes before the value, as `REGION:`. */
  readonly region?: string;
}

const WITH_AWSLOGS = { path: "logConfiguration.logDriver", is: /^awslogs$/ };

const LOG_GROUP = "logConfiguration.options.awslogs-group";
const LOG_REGION = "logConfiguration.options.awslogs-region";
const CREATE_GROUP = "logConfiguration.options.awslogs-create-group";

const CREATING = { path: CREATE_GROUP, is: /^(1|t|T|true|True|TRUE)$/ };

const CONFIG_TYPE = "firelensConfiguration.options.config-file-type";

/**
 * All that ECS reaches for before a container starts, as far as its definition says it.
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

/** What holds values in a container definition, and how. */
export interface Shape {
  /** Empty for the container itself. */
  readonly path: string;
  readonly is: "an object" | "a list of objects" | "a list of texts";
  /** The same in words. */
  readonly what: string;
  /** The keys as ECS spells them. The AWS provider reads any other case too, and so would find what we do not. */
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

// ECS reads one thing by each of these, so they hold no wildcard: a policy would take it for one.
const SECRET = "arn:aws(-[a-z]+)*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+";
const PARAMETER = "arn:aws(-[a-z]+)*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/+[A-Za-z0-9._-][A-Za-z0-9._/-]*";
const S3_OBJECT = String.raw`arn:aws(-[a-z]+)*:s3:::[A-Za-z0-9._-]+/[\x20-\x29\x2B-\x3E\x40-\x7E]+`;

const whole = (...forms: string[]) => new RegExp(`^(${forms.join("|")})$`);

/** What the values of container definitions must be, by kind: each matches one of the patterns. */
export const VALUE_PATTERNS = {
  images: [
    /^([A-Za-z0-9.-]+(:[0-9]+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@[A-Za-z0-9]+:[0-9a-fA-F]+)?$/,
  ],
  registryCredentials: [whole(SECRET), /^[A-Za-z0-9/_+=.@!-]+$/],
  secretReferences: [whole(`${SECRET}(:[^:]*){0,3}`, PARAMETER), /^\/*[A-Za-z0-9_.-][A-Za-z0-9_./-]*$/],
  /** `REGION:NAME`, or `:NAME` in the task's Region. */
  awslogsGroups: [/^[a-z0-9-]*:[A-Za-z0-9._/#-]+$/],
  s3Files: [whole(S3_OBJECT)],
  credentialSpecs: [whole(`credentialspec(domainless)?:(${S3_OBJECT}|${PARAMETER})`), /^credentialspec:file:\/\/.+$/],
} as const satisfies Record<string, readonly RegExp[]>;

export type CheckedKind = keyof typeof VALUE_PATTERNS;

/** The groups that ECS creates are among the `awslogsGroups`, and are checked there. */
export type Kind = CheckedKind | "awslogsGroupsToCreate";

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

/** When ECS also creates the log group, in all ways in which Docker reads "true". */
const CREATING = { path: "logConfiguration.options.awslogs-create-group", is: /^(true|True|TRUE|t|T|1)$/ };

/**
 * All that ECS reaches for before a container starts, as far as its definition says it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const CONTAINER_FIELDS: readonly ContainerField[] = [
  { kind: "images", path: "image", required: true },
  { kind: "registryCredentials", path: "repositoryCredentials.credentialsParameter" },
  { kind: "secretReferences", path: "secrets[].valueFrom" },
  { kind: "secretReferences", path: "logConfiguration.secretOptions[].valueFrom" },
  { kind: "awslogsGroups", path: LOG_GROUP, required: true, region: LOG_REGION, onlyWhen: [WITH_AWSLOGS] },
  { kind: "awslogsGroupsToCreate", path: LOG_GROUP, region: LOG_REGION, onlyWhen: [WITH_AWSLOGS, CREATING] },
  { kind: "s3Files", path: "environmentFiles[].value" },
  {
    kind: "s3Files",
    path: "firelensConfiguration.options.config-file-value",
    required: true,
    onlyWhen: [{ path: "firelensConfiguration.options.config-file-type", is: /^s3$/ }],
  },
  { kind: "credentialSpecs", path: "credentialSpecs[]" },
  { kind: "credentialSpecs", path: "dockerSecurityOptions[]", only: /^credentialspec/ },
];

export const KINDS: readonly Kind[] = [...new Set(CONTAINER_FIELDS.map(({ kind }) => kind))];

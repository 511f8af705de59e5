/** Values that a reason names, for placeholders in the rows and for the statement to paste. */
export type Values = Readonly<Record<keyof typeof VALUES, string | undefined>>;

interface Value {
  /** The first that matches wins. */
  readonly patterns: readonly RegExp[];
  readonly from?: (...groups: string[]) => string;
  /** What a placeholder shows if the reason does not name it. */
  readonly otherwise: string;
}

const IMAGE_URI =
  /(\d{12})\.dkr[.-]ecr(?:-fips)?\.([\w-]+)\.(amazonaws\.com(?:\.cn)?|on\.(?:aws|amazonwebservices\.com\.cn))\/(?!v2\/(?:["':\s]|$))(?:v2\/)?([a-z0-9._/-]+?)(?=\/(?:manifests|blobs)\/|[:@"'\s,]|$)/;

const partitionOf = (region: string) =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

const arnOf = (service: string, resource: string) =>
  new RegExp(`(arn:aws[\\w-]*:${service}:[^:\\s]*:[^:\\s]*:${resource})`);

export const VALUES = {
  repository: {
    patterns: [arnOf("ecr", 'repository/[^\\s"]+'), IMAGE_URI],
    from: (account, region, _domain, name) =>
      region ? `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${name}` : account,
    otherwise: "the repository",
  },
  secret: { patterns: [arnOf("secretsmanager", "secret:[^\\s\"':,;]+")], otherwise: "the secret" },
  parameter: {
    patterns: [arnOf("ssm", "parameter/[^\\s\"',;]+"), /invalid (?:ssm )?parameters: ([^\s"]+)/i],
    otherwise: "the parameter",
  },
  jsonKey: { patterns: [/did not contain json key ([^\s"',;]+)/i], otherwise: "" },
  key: { patterns: [arnOf("kms", "key/[\\w-]+")], otherwise: "the key" },
  logGroup: { patterns: [arnOf("logs", "log-group:[^\\s\"':,]+")], otherwise: "the log group" },
  file: {
    patterns: [/(arn:aws[\w-]*:s3:::[^\s"'/]+\/[^\s"']+)/, /with key (\S+) from bucket ([^\s,]+)/],
    from: (key, bucket) => (bucket ? `arn:aws:s3:::${bucket}/${key}` : key),
    otherwise: "the file",
  },
  role: { patterns: [/(arn:aws[\w-]*:iam::\d*:role\/[^\s"',;]*)/], otherwise: "the role" },
  account: { patterns: [/arn:aws[\w-]*:sts::(\d{12}):/], otherwise: "" },
  region: {
    patterns: [
      /arn:aws[\w-]*:(?:ecr|secretsmanager|ssm|logs|kms|ecs):([a-z]{2}-[a-z-]+-\d):/,
      /(?:dkr[.-]ecr|api\.ecr|secretsmanager|ssm|logs|s3|efs)[.-]([a-z]{2}-[a-z-]+-\d)\./,
      /\b(?:in|region) ([a-z]{2}-[a-z]+-\d):/,
    ],
    otherwise: "REGION",
  },
} as const satisfies Record<string, Value>;

/** A value at the end of a reason that ECS cut is not complete. */
export function valuesIn(text: string, isCut: boolean): Values {
  const find = ({ patterns, from = (whole) => whole }: Value): string | undefined => {
    for (const pattern of patterns) {
      const match = text.match(pattern);
      if (match && !(isCut && (match.index ?? 0) + match[0].length >= text.length)) {
        return from(...match.slice(1).map(String)).replace(/[.,;:)]+$/, "");
      }
    }
    return undefined;
  };
  return Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, find(value)])) as Values;
}

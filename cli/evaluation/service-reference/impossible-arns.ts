import { inSegments } from "../operators/arn-patterns";
import { contains, ONE_IN_SEGMENT, overlaps, type Pattern, patternOf, STAR_IN_SEGMENT } from "../operators/globs";

/** ARNs that no resource has. */
interface Impossible {
  readonly pattern: Pattern;
  readonly why: string;
}

const impossible = (why: string, ...patterns: readonly string[]): Impossible[] =>
  patterns.map((pattern) => ({ pattern: inSegments(patternOf(pattern)), why }));

const REGIONAL = ["ecr", "logs", "secretsmanager", "kms"];

const IMPOSSIBLE: readonly Impossible[] = [
  ...impossible("the ARN has no Region", ...["ssm", ...REGIONAL].map((service) => `arn:*:${service}::*:*`)),
  // Parameters of AWS have no account.
  ...impossible("the ARN has no account", ...REGIONAL.map((service) => `arn:*:${service}:*::*`)),
  ...impossible("the ARN of a repository has no tag and no digest", "arn:*:ecr:*:*:repository/*:*"),
  ...impossible("the ARN of a parameter has no second slash before its name", "arn:*:ssm:*:*:parameter//*"),
  ...impossible("the ARN of a key has the ID of the key, not an alias", "arn:*:kms:*:*:key/*/*"),
];

/** The ARN of every secret. */
const SECRET: Pattern = [
  ...inSegments(patternOf("arn:*:secretsmanager:*:*:secret:")),
  STAR_IN_SEGMENT,
  "-",
  ...Array<string>(6).fill(ONE_IN_SEGMENT),
];
export const NO_SUFFIX = "the ARN of a secret ends with a hyphen and six random characters";

/** Why no resource has an ARN like this, although its resource type exists; undefined if one can have it. */
export function whyImpossible(arn: Pattern, partition: string): string | undefined {
  if (!overlaps(patternOf(`arn:${partition}:*`), arn)) {
    return `the role is in the partition ${partition}`;
  }
  const isSecret = contains(inSegments(patternOf("arn:*:secretsmanager:*:*:*")), arn);
  const found = IMPOSSIBLE.find(({ pattern }) => contains(pattern, arn));
  return found?.why ?? (isSecret && !overlaps(SECRET, arn) ? NO_SUFFIX : undefined);
}

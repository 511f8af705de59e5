import { isWildcard, ONE, ONE_IN_SEGMENT, overlaps, type Pattern, STAR, STAR_IN_SEGMENT } from "./globs";

/** The colon-delimited segments of an ARN; the last one, the resource, can contain colons. */
const SEGMENTS = 6;
const RESOURCE = SEGMENTS - 1;
const PARTITION = 1;

function segmentsOf(arn: Pattern): string[][] {
  const segments: string[][] = [[]];
  for (const symbol of arn) {
    if (symbol === ":" && segments.length < SEGMENTS) {
      segments.push([]);
    } else {
      segments.at(-1)?.push(symbol);
    }
  }
  return segments;
}

const arnOf = (segments: readonly Pattern[]): Pattern =>
  segments.flatMap((segment, at) => (at === 0 ? segment : [":", ...segment]));

export const isWhole = (arn: Pattern) => segmentsOf(arn).length === SEGMENTS;

const IN_SEGMENT: Readonly<Record<string, string>> = { [STAR]: STAR_IN_SEGMENT, [ONE]: ONE_IN_SEGMENT };
const withoutColons = (segment: Pattern): Pattern => segment.map((symbol) => IN_SEGMENT[symbol] ?? symbol);

/** The operand of an ARN operator, which compares the segments one by one. */
export function inSegments(arn: Pattern): Pattern {
  return arnOf(segmentsOf(arn).map((segment, at) => (at === RESOURCE ? segment : withoutColons(segment))));
}

/**
 * The ARN in a Resource element as IAM completes it: a missing segment is `*`. A `*` matches a colon only if it is the
 * last character of its segment, or in the resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function completed(arn: Pattern): Pattern {
  if (arn.join("") === STAR) {
    return arn;
  }
  const given = segmentsOf(arn);
  const segments = [...given, ...Array<string[]>(SEGMENTS - given.length).fill([STAR])];
  return arnOf(
    segments.map((segment, at) =>
      at === RESOURCE
        ? segment
        : segment.at(-1) === STAR
          ? [...withoutColons(segment.slice(0, -1)), STAR]
          : withoutColons(segment),
    ),
  );
}

/**
 * Where AWS's pages disagree: one allows wildcards in every segment but the service, another not in the partition and not
 * in the resource type.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function hasDisputedWildcard(arn: Pattern, requested: Pattern): boolean {
  const [segments, others] = [segmentsOf(arn), segmentsOf(requested)];
  const resource = segments[RESOURCE] ?? [STAR];
  const hasType = others[2]?.join("") !== "s3";
  const end = resource.findIndex((symbol) => symbol === ":" || symbol === "/");
  const type = end < 0 ? resource : resource.slice(0, end);
  const isInType = hasType && resource.join("") !== STAR && type.some(isWildcard);
  // A star that goes on past the colon leaves no type to the rest.
  const isAligned =
    others.length === SEGMENTS && others.every((segment, at) => overlaps(segments[at] ?? [STAR], segment));
  return (segments[PARTITION]?.some(isWildcard) ?? false) || (isInType && isAligned);
}

import { TAG_KEY_AT_MOST, TAG_VALUE_AT_MOST, TAGS_AT_MOST } from "../aws/limits";
import { isUnknown } from "../unknown";
import { entries, type Rule } from "./rule";

/**
 * The limits on tags.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
export const TAG_RULES: readonly Rule[] = [
  { isMap: "tags", must: "be a map", fix: "write it as { key: value }" },
  {
    count: "tags",
    atMost: TAGS_AT_MOST,
    must: `be at most ${TAGS_AT_MOST}`,
    fix: "remove some; the provider's default_tags count too",
  },
  {
    each: { keys: "tags" },
    format: { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, atMost: TAG_KEY_AT_MOST },
    must: `have a key of 1 to ${TAG_KEY_AT_MOST} letters, digits, spaces and _ . : / = + - @`,
    fix: "shorten the key and replace other characters",
  },
  {
    must: "not differ from another key only in case: IAM tag keys are case-insensitive",
    fix: "keep one of the two",
    offenders: ({ tags }) => {
      const seen = new Set<string>();
      return entries(tags)
        .filter(([key]) => !isUnknown(key) && seen.size === seen.add(key.toLowerCase()).size)
        .map(([got]) => ({ input: "tags", got }));
    },
    terraform: {
      input: "tags",
      condition:
        "var.tags == null ? true : length(distinct([for key in keys(var.tags) : lower(key)])) == length(keys(var.tags))",
      got: "var.tags == null ? [] : keys(var.tags)",
      reads: "keys",
    },
  },
  {
    each: { keys: "tags" },
    never: /^aws:/i,
    must: 'not have a key that begins with "aws:", which is reserved for AWS',
    fix: "choose another prefix for the key",
  },
  {
    each: { values: "tags" },
    format: { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, atMost: TAG_VALUE_AT_MOST },
    must: `have a value of at most ${TAG_VALUE_AT_MOST} letters, digits, spaces and _ . : / = + - @`,
    fix: "shorten the value and replace other characters",
  },
];

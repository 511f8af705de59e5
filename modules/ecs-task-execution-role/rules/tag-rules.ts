import { format, ROLE_FACTS, wording } from "../permissions/facts";
import { isExpression } from "../unknown";
import { entries, type Rule } from "./rule";

const { tags: facts } = ROLE_FACTS;

/**
 * The limits on tags.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
export const TAG_RULES: readonly Rule[] = [
  { kind: "map", prop: "tags", must: "be a map", fix: "write it as { key: value }" },
  { kind: "count", prop: "tags", atMost: facts.count.at_most, ...wording(facts.count) },
  { kind: "each", of: "keys", input: "tags", format: format(facts.key), ...wording(facts.key) },
  {
    kind: "custom",
    ...wording(facts.unique_key),
    violations: ({ tags }) => {
      const seen = new Set<string>();
      return entries(tags)
        .filter(([key]) => !isExpression(key) && seen.size === seen.add(key.toLowerCase()).size)
        .map(([got]) => ({ input: "tags", got }));
    },
  },
  {
    kind: "each",
    of: "keys",
    input: "tags",
    format: { pattern: /^/, never: new RegExp(facts.reserved_key.never, "i") },
    ...wording(facts.reserved_key),
  },
  { kind: "each", of: "values", input: "tags", format: format(facts.value), ...wording(facts.value) },
];

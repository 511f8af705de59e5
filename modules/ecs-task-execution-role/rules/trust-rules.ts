import { ROLE_FACTS, wording } from "../permissions/facts";
import { TRUST_FIELD_NAMES, TRUST_FIELDS } from "../permissions/trust-fields";
import { asList } from "../unknown";
import type { Rule } from "./rule";

/** The rules on `trust`. */
export const TRUST_RULES: readonly Rule[] = [
  { kind: "fields", prop: "trust", fields: TRUST_FIELD_NAMES, ...wording(ROLE_FACTS.trust.fields) },
  {
    kind: "custom",
    ...wording(ROLE_FACTS.trust.not_empty),
    violations: ({ trust }) => {
      const lists = Object.values(trust ?? {}).filter((list) => list !== undefined && list !== null);
      return trust === undefined || (lists.length > 0 && lists.every((list) => asList(list).length > 0))
        ? []
        : [{ input: "trust", got: trust }];
    },
  },
  ...TRUST_FIELD_NAMES.map((field): Rule => {
    const { must, fix } = TRUST_FIELDS[field];
    return { kind: "each", of: "elements", input: `trust.${field}`, format: TRUST_FIELDS[field], must, fix };
  }),
];

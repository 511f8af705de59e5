import { TRUST_FIELD_NAMES, TRUST_FIELDS } from "../aws/trust-fields";
import { asList } from "../unknown";
import type { Rule } from "./rule";

/** The rules on `trust`. */
export const TRUST_RULES: readonly Rule[] = [
  {
    onlyFields: "trust",
    fields: TRUST_FIELD_NAMES,
    must: `have no fields other than ${TRUST_FIELD_NAMES.join(" and ")}`,
    fix: "correct the field's name",
  },
  {
    must: "contain at least one account or ARN, and no empty list",
    fix: "set sourceAccounts or sourceArns, or omit trust for no condition",
    offenders: ({ trust }) => {
      const lists = Object.values(trust ?? {}).filter((list) => list !== undefined && list !== null);
      return trust === undefined || (lists.length > 0 && lists.every((list) => asList(list).length > 0))
        ? []
        : [{ input: "trust", got: trust }];
    },
    terraform: {
      input: "trust",
      condition:
        "var.trust == null || try(length([for list in values(var.trust) : list if list != null]) > 0 && alltrue([for list in values(var.trust) : length(list) > 0 if list != null]), false)",
      got: "var.trust",
    },
  },
  ...TRUST_FIELD_NAMES.map((field): Rule => {
    const { pattern, must, fix } = TRUST_FIELDS[field];
    return { each: { elements: `trust.${field}` }, format: { pattern }, must, fix };
  }),
];

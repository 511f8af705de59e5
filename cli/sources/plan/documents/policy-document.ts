import { parsePolicy } from "../../../parse-policy";
import { list, type StatementJson } from "../../../policy-json";
import { afterUnknown, hasUnknown, isUnknown, maskOf, type Plan, type PlannedResource } from "../json/plan-json";
import { configured, instancesOf, referredTo, targetsOf } from "../json/references";
import { ANY_TRUST, ANYTHING, type DocumentBlock, type Statements, statementsIn } from "./known-parts";

const DATA = "data.aws_iam_policy_document";

/** The statements of the policy document in an argument that is not known as a whole, as far as a plan shows them. */
export function statementsAt(plan: Plan, from: PlannedResource, argument: string): Statements {
  const targets = targetsOf(plan, from, [configured(plan, from)[argument]]);
  const [data, ...others] = instancesOf(plan, from, targets);
  const isDocument = targets.every(
    ({ type, attribute = "json" }) => type === DATA && /^(minified_)?json$/.test(attribute),
  );
  const anything = argument === "assume_role_policy" ? ANY_TRUST : ANYTHING;
  return data && others.length === 0 && isDocument ? statementsOf({ plan, anything }, data) : anything;
}

interface Within {
  readonly plan: Plan;
  /** What a document may say of which nothing is known. */
  readonly anything: Statements;
}

/** The arguments of the data source that replace statements, or that are not about statements. */
const UNUSUAL = ["source_json", "override_json", "override_policy_documents", "version", "policy_id"];

/** The statements of a data source that Terraform reads during the apply. */
function statementsOf(within: Within, data: PlannedResource): Statements {
  const { plan, anything } = within;
  const mask = afterUnknown(plan, data, "statement");
  const isUnusual = UNUSUAL.some((name) => isSet(data.values[name]) || isUnknown(plan, data, name));
  if (mask === true || isUnusual) {
    return anything;
  }
  const blocks = (data.values.statement ?? []) as DocumentBlock[];
  const own = joined(blocks.map((block, at) => statementsIn(block, maskOf(mask, at))));
  const sids = blocks.map(({ sid }) => sid).filter(Boolean);
  const isOverridden = ({ Sid }: StatementJson) => sids.includes(Sid);
  const sources = joined(sourcesOf(within, data));
  return joined([own, { ...sources, known: sources.known.filter((one) => !isOverridden(one)) }]);
}

const isSet = (value: unknown) => [value ?? []].flat().length > 0;

/** The documents in `source_policy_documents`. */
function sourcesOf(within: Within, data: PlannedResource): Statements[] {
  const { plan, anything } = within;
  const argument = "source_policy_documents";
  const mask = afterUnknown(plan, data, argument);
  const texts = (data.values[argument] ?? []) as (string | null)[];
  const unknown = mask === true ? [] : texts.filter((_, at) => hasUnknown(maskOf(mask, at)));
  const documents = referredTo(plan, data, argument, DATA);
  const known = texts.filter((text) => text !== null).map((text) => list(parsePolicy(text, data.address).Statement));
  return [
    ...known.map((statements) => ({ known: statements, perhaps: [] })),
    ...(mask === true || documents.length !== unknown.length
      ? [anything]
      : documents.map((one) => statementsOf(within, one))),
  ];
}

function joined(all: readonly Statements[]): Statements {
  return { known: all.flatMap(({ known }) => known), perhaps: all.flatMap(({ perhaps }) => perhaps) };
}

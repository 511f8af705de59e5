import type { DeadStatement, Excess } from "../../findings/findings";
import { policyName } from "../report";
import type { Row } from "./layout";
import { grouped, some } from "./words";

interface OfStatement {
  readonly policy: string;
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
}

/** The findings on each statement. */
export function byStatement<T extends OfStatement>(all: readonly T[]): [T, ...T[]][] {
  return grouped(all, ({ policy, statement }) => [policy, statement]);
}

export function deadRow(all: readonly [DeadStatement, ...DeadStatement[]], verbose: boolean): Row {
  const reasons = [...new Set(all.map(({ why }) => why))];
  return { mark: "DEAD", text: textOf(all, verbose), remark: `never matches: ${reasons.join("; ")}` };
}

/** With an example for the worst of its actions. */
export function excessRow(all: readonly [Excess, ...Excess[]], verbose: boolean): Row {
  const [{ level, why, example }] = all;
  const call = verbose ? `${example.action} on ${example.resource}` : example.action;
  const remark = `${level}: ${why}, for example ${call}`;
  return { mark: "EXCESS", text: textOf(all, verbose), remark };
}

function textOf(all: readonly [OfStatement, ...OfStatement[]], verbose: boolean): string {
  const [{ policy, statement }] = all;
  const unique = (values: readonly string[]) => some([...new Set(values)], 1, verbose);
  const [actions, resources] = [unique(all.map(({ action }) => action)), unique(all.map(({ resource }) => resource))];
  return `${policyName(policy)}, ${statement}: ${actions} on ${resources}`;
}

import type { DeadStatement, Excess } from "../../findings/findings";
import { grouped } from "../../grouped";
import { statementName } from "../report";
import type { Row } from "./layout";
import { NAMED, some } from "./words";

interface OfStatement {
  readonly policy: string;
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
}

/** A finding once for each statement that has it. */
export function everyStatement(one: Excess): Excess[] {
  return [one, ...(one.also ?? []).map((other) => ({ ...one, ...other }))];
}

/** The findings on each statement. */
export function byStatement<T extends OfStatement>(all: readonly T[]): [T, ...T[]][] {
  return grouped(all, ({ policy, statement }) => [policy, statement]);
}

export function deadRow(all: readonly [DeadStatement, ...DeadStatement[]], verbose: boolean): Row {
  const reasons = [...new Set(all.map(({ why }) => why))];
  return { mark: "DEAD", text: textOf(all, NAMED, verbose), remark: `never matches: ${reasons.join("; ")}` };
}

/**
 * With each reason, and an example of the worst call that it is about.
 *
 * @param excess the excess of the role.
 */
export function excessRow(all: readonly [Excess, ...Excess[]], excess: readonly Excess[], verbose: boolean): Row {
  const call = ({ action, resource }: Excess["example"]) => (verbose ? `${action} on ${resource}` : action);
  const reasons = grouped(all, ({ why }) => why).map(([{ why, example }]) => `${why}, for example ${call(example)}`);
  const also = othersWithoutRow(all, excess).map((other) => `also in ${other}`);
  const remark = `${all[0].level}: ${[...reasons, ...also].join("; ")}`;
  return { mark: "EXCESS", text: textOf(all, 1, verbose), remark };
}

/** The statements that allow the same, and nothing else that is too much. */
function othersWithoutRow(all: readonly Excess[], excess: readonly Excess[]): string[] {
  const rows = new Set(excess.map(statementName));
  const others = all.flatMap(({ also = [] }) => also.map(statementName));
  return [...new Set(others)].filter((other) => !rows.has(other));
}

function textOf(all: readonly [OfStatement, ...OfStatement[]], most: number, verbose: boolean): string {
  const unique = (values: readonly string[]) => some([...new Set(values)], most, verbose);
  const [actions, resources] = [unique(all.map(({ action }) => action)), unique(all.map(({ resource }) => resource))];
  return `${statementName(all[0])}: ${actions} on ${resources}`;
}

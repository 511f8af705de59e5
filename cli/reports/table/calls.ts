import type { CheckedCall } from "../../findings/findings";
import { grouped } from "../../grouped";
import { aboutCall, usersOf } from "../report";
import type { Row } from "./layout";
import { NAMED, some } from "./words";

/** One row for the actions that the same tasks need on the same resource. */
export function callRows(calls: readonly CheckedCall[], verbose: boolean): Row[] {
  return grouped(calls, ({ action: _, ...about }) => about).map((all) => {
    const [call] = all;
    const actions = all.map(({ action }) => action).join(", ");
    return {
      mark: markOf(call),
      text: `${actions} on ${call.resource}`,
      remark: remark(call, aboutCall(call), verbose),
    };
  });
}

/** The containers that a finding is about, and what is said about it. */
export function remark(of: Pick<CheckedCall, "tasks">, about: string | undefined, verbose: boolean): string {
  const users = of.tasks.length > 0 ? `for ${some(usersOf(of), NAMED, verbose)}` : "";
  return [users, about].filter(Boolean).join(": ");
}

function markOf({ allowed, onlyWith, why }: CheckedCall): Row["mark"] {
  if (allowed) {
    return onlyWith === undefined ? "ok" : "CONDITIONAL";
  }
  return why === undefined ? "DENIED" : "FAILS";
}

import { completed } from "../operators/arn-patterns";
import type { Pattern } from "../operators/globs";
import { RESOURCE } from "../operators/operators";
import { perhaps, type Request } from "../request";
import { inRows, OF_THE_ROLE, type Principal } from "../requests/condition-keys";
import { readingsOf, widest } from "../variables";

/** What is the same in every request with a role. */
export function everyRequest(role: Principal): Request {
  return {
    action: "",
    resource: perhaps("the ARN"),
    key: (name) => inRows(OF_THE_ROLE, { role }, name) ?? perhaps(name),
  };
}

/** A pattern for the resources that a text in a policy names; if it has unknown values, for more. */
export interface ResourcePattern {
  readonly pattern: Pattern;
  readonly isCertain: boolean;
}

export function resourcePatterns(text: string, version: string | undefined, always: Request): ResourcePattern[] {
  return readingsOf(text, RESOURCE, version, always).map((reading) => ({
    pattern: completed(widest(reading)),
    isCertain: reading.without.length === 0 && reading.unknown.size === 0,
  }));
}

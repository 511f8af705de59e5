import { type IResolvable, Token, Tokenization } from "cdktf";
import type { TaskExecutionAccess } from "../inputs/access";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { isExpression, mark, unmark } from "../unknown";

/** Marks what is unknown at synth: CDKTF's tokens, and handwritten expressions. */
export function markProps(props: EcsTaskExecutionRoleProps): EcsTaskExecutionRoleProps {
  const { access, provider, ...others } = props;
  return { ...markTokens(others), ...(access && { access: markAccess(access) }), ...(provider && { provider }) };
}

function markTokens<T>(input: T): T {
  return mark(input, isToken);
}

/** Looks first for what every token has, because CDKTF is slow to detect that a value is none. */
function isToken(value: unknown): boolean {
  if (typeof value === "string") {
    return value.includes("{") && (isExpression(value) || listIn(value) !== undefined);
  }
  if (Array.isArray(value)) {
    return listIn(value) !== undefined;
  }
  const isPlain = typeof value === "object" && value !== null && !("resolve" in value);
  return isPlain
    ? Object.keys(value)[0]?.includes("{") === true && Token.isUnresolved(value)
    : Token.isUnresolved(value);
}

/** Container definitions can be JSON that is known except for some values. */
export function markAccess(access: TaskExecutionAccess): TaskExecutionAccess {
  const given: unknown = access.containerDefinitions;
  const containerDefinitions = Array.isArray(given) ? given.map(parsedIfUnknown) : parsedIfUnknown(given);
  return markTokens({
    ...access,
    ...(given !== undefined && { containerDefinitions: containerDefinitions as object }),
  });
}

function parsedIfUnknown(given: unknown): unknown {
  if (typeof given !== "string" || !isExpression(given)) {
    return given;
  }
  try {
    const parsed: unknown = JSON.parse(given);
    return typeof parsed === "object" ? parsed : given;
  } catch {
    return given;
  }
}

/** The value in the form that Terraform JSON takes. */
export function inTerraform(value: unknown): unknown {
  const given = unmark(value);
  return listIn(given) ?? given;
}

/** CDKTF encodes an unknown list as an array with one string. This is the list as an expression. */
function listIn(value: unknown): IResolvable | undefined {
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  // Most values are not encoded lists, and CDKTF is slow to detect that.
  return typeof text === "string" && text.startsWith("#{") ? Tokenization.reverseList([text]) : undefined;
}

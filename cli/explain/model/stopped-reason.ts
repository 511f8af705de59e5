import { type Values, valuesIn } from "./values";

/** The name of a service can contain the words of a reason. */
const SERVICE = /\b(service )(?!call\b)[\w-]+(?=\)| (was unable|is unable|has|failed|did not)\b)/gi;

/** A stopped reason, and what it names. */
export interface Reason {
  readonly text: string;
  /** Fargate cuts a reason after 252 characters. */
  readonly isCut: boolean;
  readonly denied?: { readonly action: string; readonly resource?: string; readonly role?: string };
  readonly values: Values;
  /** Whether the repository or secret is in the task's account, if the reason names both. */
  readonly account?: "own" | "other";
}

const CUT = /(\.\.\.|…)\s*$/gm;
const LONGEST = 252;
const DENIED =
  /not authorized to perform:? ([\w-]+:\w+)(?: on (?:the )?resource(?:: ?| with ARN:? | (?=arn:))"?([^\s"]+))?/;
const ROLE = /:assumed-role\/([^/\s]+)\//;

export function reasonOf(given: string, taskArn?: string): Reason {
  const text = inOneLine(given.replace(CUT, "")).replace(SERVICE, "$1");
  const isLongest = text.length >= LONGEST && text.length <= LONGEST + 4 && !/([.)'"]|action)$/.test(text);
  const isCut = given.search(CUT) >= 0 || isLongest;
  const values = valuesIn(text, isCut);
  const [, action, resource] = text.match(DENIED) ?? [];
  const isWhole = resource !== undefined && !(isCut && text.endsWith(resource));
  return {
    text,
    isCut,
    denied: action
      ? { action, resource: isWhole ? resource.replace(/[.,;]+$/, "") : undefined, role: text.match(ROLE)?.[1] }
      : undefined,
    values,
    account: accountOf(values, taskArn),
  };
}

/** As people paste it: wrapped, quoted, or with typographic quotes. */
function inOneLine(text: string): string {
  return withWholeWords(text)
    .replace(/\\+[nt]/g, " ")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]|\\"/g, '"')
    .replace(/(arn:aws[^\s"']*[:/_-])\s*\n[\s>#|│]*(?!arn:)(?=\S)/g, "$1")
    .replace(/\s*\n[\s>#|│]*/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(["'`])(.*)\1$/, "$2");
}

/** Copilot wraps a reason within words: then all lines but the last end in the same column, or before a space. */
function withWholeWords(text: string): string {
  const [first = "", ...lines] = text.split("\n").map((line) => line.trimEnd());
  const ends = lines.slice(0, -1).map(({ length }) => length);
  const width = Math.max(...ends);
  if (ends.length < 2 || Math.min(...ends) < Math.max(width - 1, 60)) {
    return text;
  }
  const indent = Math.min(...lines.map((line) => line.search(/\S|$/)));
  return [first, ...lines.map((line) => line.slice(indent))]
    .map((line) => (line.length === width - indent - 1 ? `${line} ` : line))
    .join("");
}

function accountOf({ account, repository, secret }: Values, taskArn = ""): Reason["account"] {
  const [, , , , owner] = (repository ?? secret ?? "").split(":");
  const own = taskArn.split(":")[4] ?? account;
  return own && owner ? (own === owner ? "own" : "other") : undefined;
}

/** Why a task stopped, and which one if the input says so. */
export interface Stopped {
  readonly task?: string;
  readonly reason: string;
}

/** The fields of a task in the answer of describe-tasks, or in an event of EventBridge. */
interface Task {
  readonly taskArn?: string;
  readonly stoppedReason?: string;
  readonly stopCode?: string;
  readonly containers?: readonly { readonly reason?: string; readonly exitCode?: number }[];
  readonly attachments?: readonly {
    readonly details?: readonly { readonly name?: string; readonly value?: string }[];
  }[];
}

/** A reason as text, or every stopped task in a JSON answer of AWS. */
export function stoppedIn(text: string): Stopped[] {
  const answer = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  if (answer === undefined) {
    return [{ reason: text.trim() }];
  }
  const tasks = tasksIn(answer);
  return tasks.length > 0 ? tasks.flatMap(stoppedTask) : sentencesIn(answer).map((reason) => ({ reason }));
}

/** Nothing if the task has not stopped. */
export function stoppedTask({ taskArn, stoppedReason, stopCode, containers = [], attachments = [] }: Task): Stopped[] {
  const details = attachments.flatMap(({ details = [] }) => details).filter(({ name }) => name === "statusReason");
  const failed = containers.filter(({ exitCode }) => exitCode).map(({ exitCode }) => `Exit code: ${exitCode}`);
  const reasons = [...containers.map(({ reason }) => reason), ...details.map(({ value }) => value)];
  const lines = [stoppedReason, ...reasons, ...failed].filter(Boolean);
  const code = stopCode === "UserInitiated" || stopCode === "SpotInterruption" ? [stopCode] : [];
  return lines.length > 0 ? [{ task: taskArn, reason: [...lines, ...code].join("\n") }] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tasksIn(answer: unknown): Task[] {
  if (typeof answer !== "object" || answer === null) {
    return [];
  }
  return "stoppedReason" in answer || "containers" in answer
    ? [answer as Task]
    : Object.values(answer).flatMap((value) => tasksIn(value));
}

/** Texts with a space that are no reason, in events of EventBridge and CloudTrail, and in errors of Lambda. */
const NO_REASON = ["detail-type", "userAgent", "stack", "tags"];

/** Of an answer that --query reduced, the events of a service, or an error: every sentence, once. */
function sentencesIn(answer: unknown): string[] {
  const texts = (value: unknown, name = ""): string[] =>
    typeof value === "string"
      ? [value].filter((text) => name === "reason" || text.includes(" "))
      : Object.entries(value ?? {})
          .filter(([key]) => !NO_REASON.includes(key))
          .flatMap(([key, one]) => texts(one, key));
  return [...new Set(texts(answer))];
}

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
export function stoppedTask({ taskArn, stoppedReason, stopCode, containers = [] }: Task): Stopped[] {
  const failed = containers.filter(({ exitCode }) => exitCode).map(({ exitCode }) => `Exit code: ${exitCode}`);
  const lines = [stoppedReason, ...containers.map(({ reason }) => reason), ...failed].filter(Boolean);
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

/** Of an answer that --query reduced, or the events of a service: every text with a space, once. */
function sentencesIn(answer: unknown): string[] {
  const texts = (value: unknown): string[] =>
    typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(texts);
  return [...new Set(texts(answer).filter((text) => text.includes(" ")))];
}

import type { IAMClient } from "@aws-sdk/client-iam";
import { READS } from "./reads";

/** How many calls run at the same time, across all services. */
const CALLS_AT_ONCE = 8;

let running = 0;
const waiting: (() => void)[] = [];

async function takeTurn(): Promise<void> {
  if (running < CALLS_AT_ONCE) {
    running += 1;
    return;
  }
  await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Passes the turn to the next waiting call. */
function endTurn(): void {
  const next = waiting.shift();
  if (next) {
    next();
  } else {
    running -= 1;
  }
}

/** The actions of calls with another name. */
const ACTIONS: Readonly<Record<string, string>> = { "s3:ListObjectsV2": "s3:ListBucket" };

/** The part of an AWS SDK client that is used here. */
interface Client {
  readonly middlewareStack: object;
}

/**
 * Restricts a client to the calls in {@link READS}, limits how many run at a time, and adds the call to an error.
 *
 * @param service the prefix of the service in IAM actions.
 */
export function readOnly<C extends Client>(service: string, client: C): C {
  // Every client has this stack; the types differ only in their commands.
  const stack = client.middlewareStack as unknown as IAMClient["middlewareStack"];
  stack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const call = `${service}:${commandName.replace(/Command$/, "")}`;
        const action = ACTIONS[call] ?? call;
        if (!(action in READS)) {
          throw new Error(`${action} is not one of the calls that this command makes`);
        }
        await takeTurn();
        try {
          return await next(args);
        } catch (error) {
          throw Object.assign(error as Error, { action });
        } finally {
          endTurn();
        }
      },
    { step: "initialize", name: "readOnly" },
  );
  return client;
}

/** The Region of a client; undefined if none is configured. */
export async function regionOf({ config }: { config: { region: () => Promise<string> } }): Promise<string | undefined> {
  return config.region().catch(() => undefined);
}

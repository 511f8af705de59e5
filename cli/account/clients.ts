import type { IAMClient } from "@aws-sdk/client-iam";
import { READS } from "./reads";

/** How many calls run at the same time, over all services. */
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

/** The turn goes to the next call that waits. */
function endTurn(): void {
  const next = waiting.shift();
  if (next) {
    next();
  } else {
    running -= 1;
  }
}

/** A client of the AWS SDK, as far as this is about it. */
interface Client {
  readonly middlewareStack: object;
}

/**
 * Makes a client that sends the calls of {@link READS} only, a few at a time, and names the call in an error.
 *
 * @param service its prefix in IAM actions.
 */
export function readOnly<C extends Client>(service: string, client: C): C {
  // Every client has this stack; their types differ in the commands they know.
  const stack = client.middlewareStack as unknown as IAMClient["middlewareStack"];
  stack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const action = `${service}:${commandName.replace(/Command$/, "")}`;
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

/** The Region of a client; undefined where none is configured. */
export async function regionOf({ config }: { config: { region: () => Promise<string> } }): Promise<string | undefined> {
  return config.region().catch(() => undefined);
}

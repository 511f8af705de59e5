import { readOnly } from "../../cli/aws-calls/clients";
import { READS } from "../../cli/aws-calls/reads";

type Handler = (args: unknown) => Promise<unknown>;
type Middleware = (next: Handler, context: { commandName: string }) => Handler;

/** The middleware that the command adds to an AWS SDK client. */
function middlewareOf(service: string): Middleware {
  let added: Middleware | undefined;
  readOnly(service, {
    middlewareStack: {
      add: (middleware: Middleware) => {
        added = middleware;
      },
    },
  });
  return added as Middleware;
}

describe("a call to AWS", () => {
  test("runs concurrently with at most seven others", async () => {
    let [running, most] = [0, 0];
    const done: unknown[] = [];
    const call = middlewareOf("iam")(
      async (args) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        done.push(args);
        return args;
      },
      { commandName: "GetRoleCommand" },
    );
    await Promise.all(Array.from({ length: 40 }, (_, at) => call(at)));
    expect(most).toBe(8);
    expect(done).toHaveLength(40);
  });

  test("adds its action to the error, and does not block later calls", async () => {
    const fails = middlewareOf("ecs")(async () => Promise.reject(new Error("no")), {
      commandName: "ListServicesCommand",
    });
    for (let at = 0; at < 10; at += 1) {
      await expect(fails({})).rejects.toMatchObject({ message: "no", action: "ecs:ListServices" });
    }
  });

  test.each([
    ["secretsmanager", "GetSecretValueCommand"],
    ["ssm", "GetParametersCommand"],
    ["iam", "DeleteRoleCommand"],
  ])("is rejected before it is sent if it is not in READS: %s %s", async (service, commandName) => {
    const next = jest.fn();
    await expect(middlewareOf(service)(next, { commandName })({})).rejects.toThrow("is not one of the calls");
    expect(next).not.toHaveBeenCalled();
  });

  test("never reads the value of a secret or parameter, and never changes anything", () => {
    const actions = Object.keys(READS).map((action) => action.split(":")[1] ?? "");
    expect(
      actions.filter((action) => !/^(Get|List|Describe)/.test(action) || /Value|Parameter$|GetParameters/.test(action)),
    ).toEqual([]);
  });
});

import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { CONTAINER, NO_KEYS, roleWith, statementsFor, taskOf } from "../support/roles";

const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });

const findings = (...statements: StatementJson[]) => checkRole(roleWith(statements), [taskOf([CONTAINER])], NO_KEYS);

/** In one file, because it takes seconds to load the actions of every AWS service. */
describe("a statement about the actions of every service", () => {
  test("allows the task's calls with *:*, and is excess", async () => {
    const { calls, excess } = await findings({ Effect: "Allow", Action: "*:*", Resource: "*" });
    expect(calls.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(excess).toMatchObject([{ action: "*:*", level: "Permissions management" }]);
  });

  test("is excess except for what NotAction excludes, and is not dead", async () => {
    const { excess, dead } = await findings(...EXACT, { Effect: "Allow", NotAction: ["iam:*"], Resource: "*" });
    expect(excess.map(({ action, resource }) => `${action} ${resource}`)).toEqual(["all but iam:* *"]);
    expect(dead).toEqual([]);
  });

  test("is not dead if NotAction excludes an action that does not exist", async () => {
    const { dead } = await findings(...EXACT, { Effect: "Allow", NotAction: "s3:HeadBucket", Resource: "*" });
    expect(dead).toEqual([]);
  });
});

import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { fixture } from "../support/fixture";
import { CONTAINER, NO_KEYS, roleWith, SECRET, statementsFor, taskOf } from "../support/roles";

const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });
const SUFFIX = "the ARN of a secret ends with a hyphen and six random characters";

const findings = (...statements: StatementJson[]) =>
  checkRole(roleWith([...EXACT, ...statements]), [taskOf([CONTAINER])], NO_KEYS);

/** A statement, and which of its parts can never match a call. */
interface Case {
  readonly what: string;
  readonly statement: StatementJson;
  readonly dead: readonly string[];
}

describe("a dead statement", () => {
  test.each(fixture<Case[]>("dead-statements.json").map((one) => [one.what, one] as const))(
    "is found in %s, if it is one",
    async (_, one) => {
      const { dead } = await findings({ Sid: "More", ...one.statement });
      expect(
        dead.map(({ statement, action, resource, why }) => `${statement}: ${action} on ${resource}: ${why}`),
      ).toEqual(one.dead.map((text) => `More: ${text}`));
    },
  );

  test("is a secret without its suffix whose name ends like one", async () => {
    const container = { ...CONTAINER, secrets: [{ name: "A", valueFrom: SECRET.replace("db-", "db-secret-") }] };
    const Resource = SECRET.replace("db-AbCdEf", "db-secret");
    const role = roleWith([{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource }]);
    const { dead } = await checkRole(role, [taskOf([container])], NO_KEYS);
    expect(dead.map(({ why }) => why)).toEqual([SUFFIX]);
  });

  test("is not excess too", async () => {
    const Resource = ["arn:aws:s3:::a", "arn:aws-cn:s3:::a"];
    const { excess } = await findings({ Effect: "Allow", Action: ["s3:HeadBucket", "s3:ListBucket"], Resource });
    expect(excess.map(({ action, resource }) => `${action} ${resource}`)).toEqual(["s3:ListBucket arn:aws:s3:::a"]);
  });
});

import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { CONTAINER, NO_KEYS, roleWith, statementsFor, taskOf } from "../support/roles";

const ROLE = roleWith(statementsFor({ containerDefinitions: [CONTAINER] }));
const ECS = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };

const principals = async (...statements: StatementJson[]) => {
  const trust = { Version: "2012-10-17", Statement: statements };
  const found = await checkRole({ ...ROLE, trust }, [taskOf([CONTAINER])], NO_KEYS);
  return found.principals.map(({ statement, principal }) => `${statement}: ${principal}`);
};
const allowing = (Principal: StatementJson["Principal"], more: StatementJson = {}) => ({ ...ECS, Principal, ...more });

describe("the principals of a trust policy", () => {
  test("are none if only Amazon ECS can assume the role", async () => {
    expect(await principals(ECS)).toEqual([]);
  });

  test.each<[StatementJson["Principal"], string[]]>([
    ["*", ["*"]],
    [{ AWS: "*" }, ["*"]],
    [{ AWS: ["111122223333", "arn:aws:iam::444455556666:root"] }, ["111122223333", "arn:aws:iam::444455556666:root"]],
    [{ AWS: "arn:aws:iam::111122223333:user/ada" }, ["arn:aws:iam::111122223333:user/ada"]],
    [
      { Service: ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com", "ec2.amazonaws.com"] },
      ["ecs.amazonaws.com", "ec2.amazonaws.com"],
    ],
    [
      { Service: "ecs-tasks.amazonaws.com", AWS: "arn:aws:iam::111122223333:role/ci" },
      ["arn:aws:iam::111122223333:role/ci"],
    ],
  ])("are reported for %j", async (principal, names) => {
    expect(await principals(ECS, allowing(principal))).toEqual(names.map((name) => `statement 2: ${name}`));
  });

  test("include federated principals, those of sts:*, and those under a condition", async () => {
    const provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    const Condition = { StringEquals: { "sts:ExternalId": "1" } };
    expect(
      await principals(
        ECS,
        allowing({ Federated: provider }, { Sid: "CI", Action: "sts:AssumeRoleWithWebIdentity" }),
        allowing({ Service: "ec2.amazonaws.com" }, { Action: "sts:*" }),
        allowing({ AWS: "444455556666" }, { Sid: "Partner", Condition }),
      ),
    ).toEqual([`CI: ${provider}`, "statement 3: ec2.amazonaws.com", "Partner: 444455556666"]);
  });

  test("do not include those of a Deny or of another action", async () => {
    const others = { AWS: "444455556666" };
    expect(
      await principals(ECS, allowing(others, { Effect: "Deny" }), allowing(others, { Action: "sts:TagSession" })),
    ).toEqual([]);
  });
});

import { whoMayAssume } from "../../cli/verify/policies/trust";

const ECS = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };

const ask = (...Statement: unknown[]) => whoMayAssume(JSON.stringify({ Version: "2012-10-17", Statement }));

describe("whoMayAssume", () => {
  test.each([
    ["the statement that ECS needs", [ECS]],
    [
      "lists where AWS allows them",
      [{ ...ECS, Principal: { Service: [ECS.Principal.Service] }, Action: [ECS.Action] }],
    ],
    ["an action in another case", [{ ...ECS, Action: "STS:assumerole" }]],
    ["a condition", [{ ...ECS, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }]],
    ["a statement for something else", [ECS, { ...ECS, Principal: "*", Action: "sts:TagSession" }]],
  ])("finds ECS tasks and nobody else in %s", (_, statements) => {
    expect(ask(...statements)).toEqual({ ecsTasks: true, others: [] });
  });

  test.each([
    ["another action", [{ ...ECS, Action: "sts:TagSession" }]],
    ["a denial of ECS", [ECS, { ...ECS, Effect: "Deny" }]],
    ["a denial of everybody", [ECS, { ...ECS, Effect: "Deny", Principal: "*" }]],
    ["a denial of every AWS principal", [ECS, { ...ECS, Effect: "Deny", Principal: { AWS: "*" } }]],
    ["no statement", []],
  ])("does not find ECS tasks in %s", (_, statements) => {
    expect(ask(...statements).ecsTasks).toBe(false);
  });

  test("names everybody else who may assume the role", () => {
    expect(
      ask(
        { ...ECS, Principal: { Service: ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] } },
        { ...ECS, Principal: "*" },
        { ...ECS, Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "sts:*" },
      ),
    ).toEqual({ ecsTasks: true, others: ["lambda.amazonaws.com", "*", "arn:aws:iam::444455556666:root"] });
  });

  test("takes a single statement for a list of one", () => {
    expect(whoMayAssume(JSON.stringify({ Statement: ECS })).ecsTasks).toBe(true);
  });

  test.each([
    [
      "by web identity",
      { Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: "idp" } },
      "idp",
    ],
    ["by a wildcard", { Effect: "Allow", Action: "sts:Assume*", Principal: { AWS: "999999999999" } }, "999999999999"],
    [
      "as everybody else",
      { Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: "1" } },
      'everyone except {"AWS":"1"}',
    ],
  ])("finds who else gets in %s", (_, statement, principal) => {
    expect(ask(ECS, statement)).toEqual({ ecsTasks: true, others: [principal] });
  });
});

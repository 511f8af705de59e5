import { whoMayAssume } from "../../cli/verify/policies/trust";

const ECS = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };

const ask = (...Statement: unknown[]) => whoMayAssume(JSON.stringify({ Version: "2012-10-17", Statement }));

describe("whoMayAssume", () => {
  test.each([
    ["the statement that ECS needs", [ECS]],
    [
      "lists instead of single values",
      [{ ...ECS, Principal: { Service: [ECS.Principal.Service] }, Action: [ECS.Action] }],
    ],
    ["an action in a different case", [{ ...ECS, Action: "STS:assumerole" }]],
    ["a condition", [{ ...ECS, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }]],
    ["an additional statement for another action", [ECS, { ...ECS, Principal: "*", Action: "sts:TagSession" }]],
  ])("returns only ECS tasks for %s", (_, statements) => {
    expect(ask(...statements)).toEqual({ ecsTasks: true, others: [] });
  });

  test.each([
    ["another action", [{ ...ECS, Action: "sts:TagSession" }]],
    ["a Deny statement for ECS tasks", [ECS, { ...ECS, Effect: "Deny" }]],
    ["a Deny statement for everyone", [ECS, { ...ECS, Effect: "Deny", Principal: "*" }]],
    ["a Deny statement for every AWS principal", [ECS, { ...ECS, Effect: "Deny", Principal: { AWS: "*" } }]],
    ["no statements", []],
  ])("does not return ECS tasks for %s", (_, statements) => {
    expect(ask(...statements).ecsTasks).toBe(false);
  });

  test("returns everyone else who can assume the role", () => {
    expect(
      ask(
        { ...ECS, Principal: { Service: ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] } },
        { ...ECS, Principal: "*" },
        { ...ECS, Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "sts:*" },
      ),
    ).toEqual({ ecsTasks: true, others: ["lambda.amazonaws.com", "*", "arn:aws:iam::444455556666:root"] });
  });

  test("accepts a single statement instead of a list", () => {
    expect(whoMayAssume(JSON.stringify({ Statement: ECS })).ecsTasks).toBe(true);
  });

  test.each([
    [
      "through web identity",
      { Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: "idp" } },
      "idp",
    ],
    [
      "through a wildcard in the action",
      { Effect: "Allow", Action: "sts:Assume*", Principal: { AWS: "999999999999" } },
      "999999999999",
    ],
    [
      "through NotPrincipal",
      { Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: "1" } },
      'everyone except {"AWS":"1"}',
    ],
  ])("returns who else can assume the role %s", (_, statement, principal) => {
    expect(ask(ECS, statement)).toEqual({ ecsTasks: true, others: [principal] });
  });
});

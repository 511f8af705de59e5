import { asTerraform } from "../../cli/derived/as-terraform";
import { asTypescript } from "../../cli/derived/as-typescript";
import { deriveRole } from "../../cli/derived/derived-role";
import { NO_KEYS, policy, roleWith, taskOf, trusting } from "../support/roles";

const logs = (group: string, more: object = {}) => ({
  name: "app",
  image: "nginx",
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": group, "awslogs-region": "us-east-1", ...more },
  },
});

describe("derive", () => {
  test("keeps the settings of an existing role", async () => {
    const role = roleWith([], {
      arn: "arn:aws:iam::111122223333:role/ecs/team/orders",
      description: 'a "quoted" ${text}',
      maxSessionDuration: 7200,
      tags: { "cost center": "1" },
      boundary: policy([], "arn:aws:iam::111122223333:policy/bound"),
      trust: trusting({ StringEquals: { "aws:SourceAccount": "111122223333" } }),
    });
    const derived = await deriveRole([taskOf([logs("/ecs/orders")])], NO_KEYS, role);
    expect(derived.props).toEqual({
      roleName: "orders",
      path: "/ecs/team/",
      description: 'a "quoted" ${text}',
      maxSessionDuration: 7200,
      permissionsBoundary: "arn:aws:iam::111122223333:policy/bound",
      tags: { "cost center": "1" },
      trust: { sourceAccounts: ["111122223333"] },
      access: { logGroups: ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders"] },
      exclusive: true,
    });
    const terraform = asTerraform(derived, "orders", "./role");
    expect(terraform).toContain('description          = "a \\"quoted\\" $${text}"\n');
    expect(terraform).toContain('tags = {\n    "cost center" = "1"\n  }\n');
    expect(asTypescript(derived, "orders")).toContain('    "cost center": "1",\n');
  });

  test("lists what an apply removes and what a plan changes", async () => {
    const role = roleWith([{ Effect: "Deny", Action: "s3:*", Resource: "*" }], {
      trust: trusting({ StringLike: { "aws:SourceAccount": "1111*" } }),
    });
    const { comments } = await deriveRole([taskOf([logs("/ecs/orders")])], NO_KEYS, role);
    expect(comments).toEqual([
      "What these task definitions need: orders:1.",
      "After the new policy is attached, exclusive detaches or deletes the current policies of the role:",
      "  inline policy own",
      "own has a Deny statement: without it, the role can do more.",
      "The plan changes the trust policy, which has elements that this module does not write.",
    ]);
  });

  test("notes that Amazon ECS creates only some of the log groups", async () => {
    const tasks = [taskOf([logs("/ecs/a")]), taskOf([logs("/ecs/b", { "awslogs-create-group": "true" })])];
    const { comments, props } = await deriveRole(tasks, NO_KEYS, undefined);
    expect(props).toMatchObject({ roleNamePrefix: "orders-", access: { createLogGroups: true } });
    expect(comments[1]).toMatch(/^createLogGroups applies to all .* only for .*log-group:\/ecs\/b\.$/);
  });

  test("derives a role without policies for tasks that need nothing", async () => {
    const { props, imports } = await deriveRole([taskOf([{ name: "app", image: "nginx" }])], NO_KEYS, undefined);
    expect(props).toEqual({ roleNamePrefix: "orders-", managedPolicies: {} });
    expect(imports).toBeUndefined();
  });
});

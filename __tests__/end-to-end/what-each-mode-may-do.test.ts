import { EcsTaskExecutionRole, type TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { mergeAccess } from "../../modules/ecs-task-execution-role/synth/grants";
import { DANGERS, FIELDS as DOCUMENTED_FIELDS, type Reach } from "../../scripts/docs/modes";
import { policyDocuments, trustOf } from "../support/account";
import { DANGEROUS_CALLS, FIELD_CALLS, type FieldCalls, MORE_CALLS } from "../support/calls";
import { endToEnd } from "../support/end-to-end";
import { allows, type Call, canAssume, type PolicyDocument } from "../support/evaluate";
import { Workspace } from "../support/workspace";

const EVERYTHING = Object.values(FIELD_CALLS)
  .map(({ access }) => access)
  .reduce<TaskExecutionAccess>(mergeAccess, {});

const FIELDS = Object.entries(FIELD_CALLS);
const MORE = Object.entries<FieldCalls>(MORE_CALLS);

endToEnd("the policies in IAM after an apply", (tools) => {
  const policies: Record<string, PolicyDocument[]> = {};

  beforeAll(async () => {
    const workspace = new Workspace(tools, "modes");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "managed", { roleName: "managed" });
      new EcsTaskExecutionRole(stack, "everything", { roleName: "everything", access: EVERYTHING });
      for (const [field, { access }] of [...FIELDS, ...MORE]) {
        new EcsTaskExecutionRole(stack, field, { roleName: field, access });
      }
      new EcsTaskExecutionRole(stack, "managed-with-key", { roleName: "managed-with-key" }).grant(
        FIELD_CALLS.decryptionKeys.access,
      );
      for (const [roleName, trust] of Object.entries({
        "trusting-account": { sourceAccounts: ["111122223333"] },
        "trusting-arn": { sourceArns: ["arn:aws:ecs:*:111122223333:*"] },
      })) {
        new EcsTaskExecutionRole(stack, roleName, { roleName, managedPolicies: {}, trust });
      }
      new EcsTaskExecutionRole(stack, "trusting", {
        roleName: "trusting",
        managedPolicies: {},
        trust: { sourceAccounts: ["111122223333"], sourceArns: ["arn:aws:ecs:*:111122223333:*"] },
      });
    });
    await workspace.apply();
    await workspace.expectNoChanges();
    for (const roleName of [
      "managed",
      "everything",
      "managed-with-key",
      ...Object.keys({ ...FIELD_CALLS, ...MORE_CALLS }),
    ]) {
      policies[roleName] = await policyDocuments(tools.iam, roleName);
    }
  });

  const allowedOf = async (roleName: string, calls: readonly Call[]) => {
    const verdicts = await Promise.all(
      calls.map(async (call) => ({ call, allowed: await allows(policies[roleName] ?? [], call) })),
    );
    return verdicts.filter(({ allowed }) => allowed).map(({ call }) => call);
  };

  test.each(FIELDS)(
    "for %s, allow every call that ECS makes, and deny similar calls",
    async (field, { allowed, denied }) => {
      expect(await allowedOf(field, allowed)).toEqual(allowed);
      expect(await allowedOf(field, denied)).toEqual([]);
      expect(await allowedOf("everything", allowed)).toEqual(allowed);
    },
  );

  test.each(MORE)("for %s, allow only the calls that it permits", async (field, { allowed, denied }) => {
    expect(await allowedOf(field, allowed)).toEqual(allowed);
    expect(await allowedOf(field, denied)).toEqual([]);
  });

  test("for one field, deny the calls of other fields, except for the registry login and writing logs", async () => {
    for (const [field] of FIELDS) {
      const others = FIELDS.filter(([other]) => other !== field).flatMap(([, { allowed }]) => allowed);
      const shared = (await allowedOf(field, others)).map(({ action }) => action);
      expect(new Set(["ecr:GetAuthorizationToken", "logs:CreateLogStream", "logs:PutLogEvents", ...shared]).size).toBe(
        3,
      );
    }
  });

  test("for each field and for all fields together, deny every dangerous call", async () => {
    const calls = Object.values(DANGEROUS_CALLS).flat();
    expect(calls.length).toBeGreaterThanOrEqual(40);
    // Policies without a Deny allow together what each of them allows.
    const together = ["everything", ...Object.keys(FIELD_CALLS)].flatMap((roleName) => policies[roleName] ?? []);
    expect(JSON.stringify(together)).not.toContain('"Deny"');
    expect(together.length).toBeGreaterThan(Object.keys(FIELD_CALLS).length);
    policies.together = together;
    expect(await allowedOf("together", calls)).toEqual([]);
  });

  test("keep the four managed policies if grant() adds a key", async () => {
    expect(policies["managed-with-key"]).toHaveLength(5);
    const { allowed, denied } = FIELD_CALLS.decryptionKeys;
    expect(await allowedOf("managed", allowed)).toEqual([]);
    expect(await allowedOf("managed-with-key", allowed)).toEqual(allowed);
    expect(await allowedOf("managed-with-key", denied)).toEqual([]);
  });

  test("allow only ECS tasks to assume a role, and with trust only for the given account", async () => {
    const context = {
      "aws:SourceAccount": "111122223333",
      "aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:task/c/1",
    };
    const other = {
      "aws:SourceAccount": "444455556666",
      "aws:SourceArn": "arn:aws:ecs:eu-west-1:444455556666:task/c/1",
    };
    const anyone = await trustOf(tools.iam, "managed");
    const named = await trustOf(tools.iam, "trusting");
    const principals = [
      "ec2.amazonaws.com",
      "ecs.amazonaws.com",
      "lambda.amazonaws.com",
      "arn:aws:iam::111122223333:role/x",
    ];
    for (const principal of principals) {
      expect(await canAssume(anyone, principal, context)).toBe(false);
      expect(await canAssume(named, principal, context)).toBe(false);
    }
    const ecs = "ecs-tasks.amazonaws.com";
    expect(await canAssume(anyone, ecs, context)).toBe(true);
    expect(await canAssume(anyone, ecs, other)).toBe(true);
    expect(await canAssume(named, ecs, context)).toBe(true);
    expect(await canAssume(named, ecs, other)).toBe(false);
    expect(await canAssume(named, ecs, { ...context, "aws:SourceArn": other["aws:SourceArn"] })).toBe(false);
    expect(await canAssume(named, ecs, { ...context, "aws:SourceAccount": other["aws:SourceAccount"] })).toBe(false);
    expect(await canAssume(named, ecs, {})).toBe(false);
    for (const [roleName, key] of [
      ["trusting-account", "aws:SourceAccount"],
      ["trusting-arn", "aws:SourceArn"],
    ] as const) {
      const trust = await trustOf(tools.iam, roleName);
      expect(await canAssume(trust, ecs, { [key]: context[key] })).toBe(true);
      expect(await canAssume(trust, ecs, { ...context, [key]: other[key] })).toBe(false);
      expect(await canAssume(trust, ecs, {})).toBe(false);
    }
  });

  test.each(FIELDS)("for %s, allow what the documentation says", async (field, calls) => {
    const reach = async (): Promise<Reach> => {
      if ((await allowedOf("managed", calls.allowed)).length < calls.allowed.length) {
        return "no";
      }
      return (await allowedOf("managed", calls.denied)).length === 0 ? "only these" : "these and others";
    };
    const documented = DOCUMENTED_FIELDS[field as keyof typeof DOCUMENTED_FIELDS];
    // With the field, only these: the first test evaluates that.
    expect(await reach()).toBe(documented.managedPolicies);
  });

  test("are evaluated for every row of the documentation", () => {
    expect(Object.keys(FIELD_CALLS).sort()).toEqual(Object.keys(DOCUMENTED_FIELDS).sort());
    expect(Object.keys(DANGEROUS_CALLS)).toEqual(Object.keys(DANGERS));
  });

  test.each(Object.entries(DANGERS))(
    "allow the four managed policies to %s only if the documentation says so",
    async (what, documented) => {
      const calls = DANGEROUS_CALLS[what as keyof typeof DANGERS];
      expect((await allowedOf("managed", calls)).length > 0).toBe(documented);
    },
  );
});

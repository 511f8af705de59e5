import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import { EcsTaskExecutionRole, type TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { POLICY_CHARACTERS_AT_MOST } from "../../modules/ecs-task-execution-role/permissions/limits";
import { canBeTooLong } from "../../modules/ecs-task-execution-role/synth/policy-size";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { arbitraryAccess } from "../support/arbitrary-access";
import { VALUES } from "../support/every-input";
import { EVERY_LIST } from "../support/examples";
import { sizeOf, statementsOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

const statements = (access: TaskExecutionAccess) => statementsOf(access, { partition: "aws", region: "", account: "" });

/** Generated once, because that takes longer than the tests. */
const ACCESSES = fc.sample(arbitraryAccess, { seed: 7, numRuns: 300 });

describe("the statements of any access", () => {
  test("have at least one resource, and * only for actions without resource-level permissions", () => {
    for (const access of ACCESSES) {
      for (const { sid, resources } of statements(access)) {
        expect(resources.length).toBeGreaterThan(0);
        expect(resources.includes("*")).toBe(["RegistryLogin", "DescribeFileSystems"].includes(sid));
      }
    }
  });

  test("have unique, alphanumeric Sids in a fixed order", () => {
    const order = statements({
      ...EVERY_LIST,
      guardDutyAgent: true,
      createLogGroups: true,
    }).map(({ sid }) => sid);
    expect(new Set(order).size).toBe(order.length);
    for (const access of ACCESSES) {
      const sids = statements(access).map(({ sid }) => sid);
      expect(sids.join()).toMatch(/^[0-9A-Za-z]+(,[0-9A-Za-z]+)*$/);
      expect(sids).toEqual(order.filter((sid) => sids.includes(sid)));
    }
  });

  test("do not depend on the order of the inputs or on duplicates", () => {
    for (const access of ACCESSES) {
      const reversed = Object.fromEntries(
        Object.entries(access)
          .reverse()
          .map(([field, value]) => [field, Array.isArray(value) ? [...value, ...value].reverse() : value]),
      );
      expect(statements(reversed)).toEqual(statements(access));
    }
  });

  test("never exceed the maximum policy size if canBeTooLong() returns false", () => {
    const many = (list: readonly string[] = []) =>
      Array.from({ length: 40 }, (_, at) => list.map((arn) => arn + at)).flat();
    for (const [at, { secrets, ...access }] of ACCESSES.entries()) {
      const isLong = at % 2 === 0;
      const given = { ...access, secrets: isLong ? many(secrets) : (secrets ?? []) };
      const isTooLong = sizeOf(given) > POLICY_CHARACTERS_AT_MOST;
      expect(isTooLong && !canBeTooLong(given, readContainers([]))).toBe(false);
    }
    const { containerDefinitions, ...everything } = VALUES.access;
    expect(sizeOf({ ...everything, containerDefinitions: [] })).toBeLessThan(4000);
  });

  test("are the same whether access is passed as a prop or granted piece by piece", () => {
    const document = (build: (role: EcsTaskExecutionRole) => void, props: object) => {
      const { data } = synthesize((stack) => build(new EcsTaskExecutionRole(stack, "execution", props)));
      return Object.entries(data.aws_iam_policy_document ?? {}).find(([name]) => name.includes("access"))?.[1]
        .statement;
    };
    for (const access of ACCESSES.slice(0, 20)) {
      const { logGroups, createLogGroups, vpcEndpoints, bucketOwners, ...others } = access;
      const restrictions = { ...(vpcEndpoints && { vpcEndpoints }), ...(bucketOwners && { bucketOwners }) };
      const pieces: TaskExecutionAccess[] = [
        ...Object.entries(others).flatMap(([field, value]): TaskExecutionAccess[] =>
          Array.isArray(value) ? value.map((arn) => ({ [field]: [arn] })) : value ? [{ [field]: value }] : [],
        ),
        ...(logGroups?.length ? [{ logGroups, createLogGroups }] : []),
      ]
        .map((piece) => ({ ...piece, ...restrictions }))
        .reverse();
      const granted = document(
        (role) => {
          for (const piece of pieces) {
            role.grant(piece);
          }
        },
        { managedPolicies: {} },
      );
      expect(granted).toEqual(document(() => undefined, { access }));
    }
  });
});

test("grant() leaves the role unchanged if it rejects the access", () => {
  const stack = new TerraformStack(new App(), "stack");
  const role = new EcsTaskExecutionRole(stack, "execution");
  const before = JSON.stringify(stack.toTerraform());
  expect(() => role.grant({ secrets: ["db"], guardDutyAgent: true })).toThrow("access.secrets");
  expect(JSON.stringify(stack.toTerraform())).toBe(before);
  expect(role.policyArns).not.toHaveProperty("access");
});

import { App, Fn, TerraformStack, TerraformVariable, Token } from "cdktf";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { INPUTS, inFull, LIMITS } from "../support/inputs";
import { sizeOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

const create = (props: unknown) => () =>
  new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "orders", props as EcsTaskExecutionRoleProps);

const errorAbout = (...violations: readonly string[]) =>
  new Error(
    [
      'EcsTaskExecutionRole "stack/orders" has invalid input; nothing was added to the stack:',
      ...violations.map(inFull),
    ].join("\n  - "),
  );

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}`;
const secrets = (number: number, path: string) =>
  Array.from({ length: number }, (_, at) => secretArn(`${path}/${at}-AbCdEf`));

describe("the rules", () => {
  test.each(INPUTS.map(({ what, ...one }) => [what ?? JSON.stringify(one.props), one] as const))(
    "have no other violations than expected: %s",
    (_, { props, violations = [] }) => {
      const expected = expect(create(props));
      violations.length > 0 ? expected.toThrow(errorAbout(...violations)) : expected.not.toThrow();
    },
  );

  test.each(LIMITS)("limit %s to %i", (input, most, error, props) => {
    expect(create(props(most))).not.toThrow();
    expect(create(props(most + 1))).toThrow(`:\n  - ${input}: got `);
    expect(create(props(most + 1))).toThrow(inFull(`; ${error}`));
  });

  test.each<[unknown, ...string[]]>([
    [{ managedPolicies: { a: undefined } }, 'managedPolicies["a"]: got undefined; policy'],
    [{ maxSessionDuration: Number.NaN }, "maxSessionDuration: got NaN; max_session_duration"],
    [{ trust: { sourceAccounts: undefined } }, "trust: got {}; not_empty"],
    [
      { managedPolicies: Token.asStringMap(Fn.merge([{ a: "b" }])) },
      "managedPolicies: got keys that are not known yet; known_keys",
    ],
    [
      { managedPolicies: { [Fn.lower("A")]: "SecretsManagerReadWrite" } },
      "managedPolicies: got keys that are not known yet; known_keys",
    ],
    [
      { access: { containerDefinitions: [{ name: "app", image: new TerraformStack(new App(), "x") }] } },
      'access.containerDefinitions["app"].image: got a TerraformStack; image',
    ],
    [{ description: "x".repeat(1001) }, `description: got "${"x".repeat(159)}... (1001 characters); description`],
    [{ access: { secrets: secrets(100, "orders") } }, "access: got a policy of 7321 characters; access_policy"],
  ])("reject what is not in the fixture: %#", (props, ...violations) => {
    expect(create(props)).toThrow(errorAbout(...violations));
  });

  test("accept values that are not known at synth", () => {
    const stack = new TerraformStack(new App(), "stack");
    const { stringValue, numberValue, listValue, value } = new TerraformVariable(stack, "unknown", {});
    const list = [stringValue, `${stringValue}/x`, "${var.by_hand}", ...listValue];
    const fields = ["imageRepositories", "logGroups", "secrets", "parameters", "decryptionKeys", "environmentFiles"];
    for (const props of [
      {
        roleName: stringValue,
        path: `/${stringValue} /`,
        description: "${var.by_hand}’",
        maxSessionDuration: numberValue,
        permissionsBoundary: stringValue,
        tags: { team: stringValue, [stringValue]: "v" },
        managedPolicies: { a: stringValue, b: stringValue, c: "${var.by_hand}" },
        access: Object.fromEntries(fields.map((field) => [field, list])),
        trust: { sourceAccounts: [stringValue], sourceArns: listValue },
      },
      { roleName: stringValue, roleNamePrefix: "orders-" },
      { roleName: "orders", roleNamePrefix: stringValue },
      { tags: Token.asStringMap(value) },
      { path: Fn.lower("/A!/"), access: { guardDutyAgent: true } },
    ]) {
      expect(create(props)).not.toThrow();
    }
  });

  test("accept a list as a token, as a mix of tokens and literals, or as a single string", () => {
    const stack = new TerraformStack(new App(), "stack");
    const { listValue, value } = new TerraformVariable(stack, "unknown", {});
    for (const list of [Fn.concat([listValue, ["x"]]), value, [...listValue, secretArn("db")]]) {
      const { module } = synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "execution", {
          access: { secrets: list },
          trust: { sourceAccounts: listValue },
        });
      });
      expect(Object.values(module)).toMatchObject([
        { checks: { "trust.sourceAccounts": [{ values: expect.stringMatching(/^\$\{flatten\(local\./) }, {}] } },
        { access: { secrets: expect.arrayContaining([expect.stringContaining("${")]) } },
      ]);
    }
    const { data } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", {
        trust: { sourceAccounts: Fn.concat([listValue, ["111122223333"]]) },
      });
    });
    const [document] = Object.values(data.aws_iam_policy_document ?? {}) as { statement: object[] }[];
    expect(document?.statement).toMatchObject([
      { condition: [{ values: expect.stringMatching(/^\$\{sort\(distinct\(flatten\(local\./) }] },
    ]);
  });

  test("apply to grant() as well as to props, and name the role in the error", () => {
    const role = create({})();
    expect(() => role.grant({ secrets: ["db"], parameters: ["flags"] })).toThrow(
      /^EcsTaskExecutionRole "stack\/orders" has .+access\.secrets: got "db".+access\.parameters: got "flags"/s,
    );
    expect(() => role.grant({})).toThrow(inFull("granting"));
    expect(() => role.grant(undefined as never)).toThrow(inFull("granting"));
  });

  test("limit the access policy to 6144 characters, counted as Terraform writes them", () => {
    const environmentFiles = (length: number) => [`arn:aws:s3:::bucket/${"&".repeat(900)}${"x".repeat(length)}`];
    const size = sizeOf({ environmentFiles: environmentFiles(1) });
    expect(create({ access: { environmentFiles: environmentFiles(6144 - size + 1) } })).not.toThrow();
    expect(create({ access: { environmentFiles: environmentFiles(6144 - size + 2) } })).toThrow(
      "a policy of 6145 characters",
    );
  });

  test("count the characters of the access policy across all grants", () => {
    const role = create({ access: { secrets: secrets(50, "one") } })();
    expect(() => role.grant({ secrets: secrets(50, "one") })).not.toThrow();
    expect(() => role.grant({ secrets: secrets(50, "two") })).toThrow(/got a policy of \d+ characters/);
  });
});

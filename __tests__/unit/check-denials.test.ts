import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { EXACT, NO_KEYS, policy, roleWith, SECRET, TASK, trusting, without } from "../support/roles";

const READ = "secretsmanager:GetSecretValue";
const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

const callsOf = async (role: RoleWithPolicies, keys = NO_KEYS) => (await checkRole(role, [TASK], keys)).calls;
/** What denies reading the secret. */
const denial = async (role: RoleWithPolicies) => (await callsOf(role)).find(({ action }) => action === READ);

const deny = (more: Partial<StatementJson> = {}): StatementJson => ({
  Effect: "Deny",
  Action: "secretsmanager:*",
  Resource: "*",
  ...more,
});
const limited = (...statements: StatementJson[]) =>
  roleWith(EXACT, { boundary: { ...policy(statements), name: BOUNDARY } });
const reading = (Condition: StatementJson["Condition"]) => [
  ...without("ReadSecrets"),
  { Sid: "Read", Effect: "Allow", Action: READ, Resource: SECRET, Condition },
];

describe("a denied call names what denies it", () => {
  test.each<[string, RoleWithPolicies, string | undefined]>([
    ["nothing, if no statement is about it", roleWith(without("ReadSecrets")), undefined],
    ["a Deny by its number", roleWith([deny({ Action: "s3:*" }), deny(), ...EXACT]), "the Deny in own, statement 2"],
    [
      "a Deny by its Sid, although no statement allows the call",
      roleWith([deny({ Sid: "NoSecrets" })]),
      "the Deny in own, NoSecrets (no statement allows it either)",
    ],
    [
      "a boundary that allows other calls",
      limited({ Effect: "Allow", Action: ["ecr:*", "logs:*", "s3:*"], Resource: "*" }),
      `the permissions boundary ${BOUNDARY}, which does not allow it`,
    ],
    [
      "a boundary with another Deny only",
      limited(deny({ Action: "iam:*" })),
      `the permissions boundary ${BOUNDARY}, which allows nothing`,
    ],
    [
      "a Deny in the boundary, beside the boundary",
      limited(deny()),
      `the Deny in ${BOUNDARY}, statement 1 and the permissions boundary ${BOUNDARY}, which allows nothing`,
    ],
    [
      "the key of a condition that ECS does not meet",
      roleWith(
        reading({
          StringEquals: { "aws:PrincipalAccount": "111122223333" },
          "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": ["AWSCURRENT"] },
        }),
      ),
      "the condition on secretsmanager:VersionStage in own, Read",
    ],
    [
      "conditions that are not met together",
      roleWith(reading({ Null: { "aws:SourceVpce": "false" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })),
      "the condition on aws:SourceVpce, aws:SourceIp in own, Read",
    ],
    [
      "an Allow and a Deny that leave nothing together",
      roleWith([
        ...reading({ StringEquals: { "aws:SourceVpce": "vpce-1" } }),
        deny({ Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } } }),
      ]),
      "the Deny in own, statement 7",
    ],
  ])("%s", async (_, role, deniedBy) => {
    const call = await denial(role);
    expect(call).toMatchObject({ allowed: false });
    expect(call?.deniedBy).toBe(deniedBy);
  });

  test("in the trust policy", async () => {
    const [call] = await callsOf(
      roleWith(EXACT, { trust: trusting({ StringEquals: { "aws:SourceAccount": "444455556666" } }) }),
    );
    expect(call).toMatchObject({
      action: "sts:AssumeRole",
      deniedBy: "the condition on aws:SourceAccount in the trust policy, statement 1",
    });
  });

  test("but not if it fails whatever the role allows, or is allowed", async () => {
    const role = roleWith([...EXACT, deny()]);
    const calls = await callsOf(role, async () => ({ exists: false }));
    expect(calls.filter((call) => call.deniedBy !== undefined)).toEqual([]);
    expect((await callsOf(roleWith(EXACT))).filter((call) => call.deniedBy !== undefined)).toEqual([]);
  });
});

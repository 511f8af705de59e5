import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import { conditionsMet } from "../../cli/evaluation/conditions";
import { allowedBy, isAbout } from "../../cli/evaluation/matching-statements";
import type { KeyState, Request } from "../../cli/evaluation/request";
import { requestOf } from "../../cli/evaluation/requests/role-requests";
import { type Verdict, verdictOn } from "../../cli/evaluation/verdict";
import type { OneOrMore, StatementJson } from "../../cli/policy-json";
import {
  Chance,
  isNegated,
  KINDS,
  randomRole,
  randomValues,
  UNKNOWN_KINDS,
  type Values,
} from "../support/random-roles";

const ROLE = "arn:aws:iam::111122223333:role/orders";
const ACTION = "secretsmanager:GetSecretValue";
const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf";
const IN = "arn:aws:secretsmanager:eu-west-1:111122223333";

const ACTIONS = [
  ...[
    ACTION,
    "secretsmanager:*",
    "secretsmanager:Get*",
    "*",
    "SecretsManager:getsecretvalue",
    "secretsmanager:?etSecretValue",
  ],
  ...["s3:*", "secretsmanager:Put*", "kms:Decrypt"],
];

type Role = Pick<RoleWithPolicies, "policies" | "boundary">;

const verdict = (role: Role, key: Request["key"]): Verdict =>
  verdictOn(allowedBy(role, { action: ACTION, resource: { values: [SECRET] }, key }));

const stateOf = (values: Values, lists: readonly string[] = []) => {
  const states = new Map(
    Object.entries(values).map(([key, some]): [string, KeyState] => [
      key.toLowerCase(),
      some.length === 0 ? { absent: true } : { values: some, isList: lists.includes(key) },
    ]),
  );
  return (name: string): KeyState => states.get(name.toLowerCase()) ?? { absent: true };
};

/** 1,500 find every comparison that we broke on purpose, 1,000 do not. */
const ROLES = Number(process.env.RANDOM_ROLES ?? 1_500);

const LISTS = KINDS.filter(({ isList }) => isList).flatMap(({ keys }) => keys);

describe("a random role", () => {
  /*
   * Without what the simulator does not evaluate as AWS documents it: variables without a value under negated operators
   * and in NotResource, variables in ARN operators, incomplete ARNs in NotResource, a range of all addresses, addresses of
   * one version that are not in a range of the other, `${*}` with StringEqualsIgnoreCase, ForAnyValue with IfExists. And
   * without what AWS does not document: lists without a set operator, ARN operators with texts that are no ARNs.
   */
  test("has the verdict of another evaluator, if the condition keys are known", async () => {
    const chance = new Chance(31);
    const seen = { allowed: 0, denied: 0 };
    for (let at = 0; at < ROLES; at += 1) {
      const values = randomValues(chance, KINDS);
      const isEmpty = (text: string) => {
        const [, key = ""] = text.match(/\$\{(aws:PrincipalTag\/(?:home|glob))\}/) ?? [];
        return values[key]?.length === 0;
      };
      const [address = ""] = values["aws:SourceIp"] ?? [];
      const isOfOtherVersion = (text: string) => text.includes(":") !== address.includes(":");
      const role = randomRole({
        chance,
        kinds: KINDS,
        actions: ACTIONS,
        resources: [
          ...[
            SECRET,
            "*",
            `${IN}:secret:orders-??????`,
            `${IN}:secret:*`,
            "arn:aws:secretsmanager:*:*:secret:orders-*",
          ],
          ...[`${IN}:secret:\${aws:PrincipalTag/home}*`, `${IN}:secret:\${aws:PrincipalTag/glob}-??????`],
          ...[`${IN}:secret:\${aws:PrincipalTag/none, 'orders'}-??????`],
          ...[
            `${IN}:secret:billing-??????`,
            `${IN}:secret:Orders-AbCdEf`,
            "arn:aws:s3:::orders/*",
            `${IN}:secret:*\${*}*`,
          ],
        ],
        canUse: (value, operator) =>
          !(isNegated(operator) && (isEmpty(value) || (operator === "NotIpAddress" && isOfOtherVersion(value)))),
        canExclude: (resource) => !isEmpty(resource),
      });
      const context = Object.fromEntries(
        Object.entries(values).flatMap(([key, some]) =>
          some.length === 0 ? [] : [[key, LISTS.includes(key) ? [...some] : (some[0] ?? "")]],
        ),
      );
      const asPolicy = ({ name, document }: Role["policies"][number]) => ({ name, policy: document });
      const simulated = runUnsafeSimulation(
        {
          request: {
            principal: ROLE,
            action: ACTION,
            resource: { resource: SECRET, accountId: "111122223333" },
            contextVariables: context,
          },
          identityPolicies: role.policies.map(asPolicy),
          ...(role.boundary && { permissionBoundaryPolicies: [asPolicy(role.boundary)] }),
          serviceControlPolicies: [],
          resourceControlPolicies: [],
        },
        {},
      );
      const expected = simulated === "Allowed";
      const found = verdict(role, stateOf(values, LISTS));
      if (found.allowed !== expected || found.onlyWith !== undefined) {
        throw new Error(
          `the simulator says ${expected}, check ${JSON.stringify(found)} of ${JSON.stringify({ role, values })}`,
        );
      }
      seen[found.allowed ? "allowed" : "denied"] += 1;
    }
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(ROLES / 10);
  });

  test("has the verdict of every combination of the values of unknown keys", async () => {
    const chance = new Chance(7);
    const arn = { arn: ROLE, tags: { team: "a" } };
    const call = { action: ACTION, resource: SECRET, keys: {} };
    const request = await requestOf(arn, call, "eu-west-1");
    const seen = { ok: 0, denied: 0, conditional: 0 };
    for (let at = 0; at < 400; at += 1) {
      const role = randomRole({
        chance,
        kinds: UNKNOWN_KINDS,
        actions: [ACTION, ACTION, ACTION, "s3:*"],
        resources: ["*"],
        canUse: () => true,
        canExclude: () => false,
      });
      const { allowed, onlyWith } = verdict(role, request.key);
      const found = allowed ? (onlyWith === undefined ? "ok" : "conditional") : "denied";
      const expected = overEveryCombination(role, arn.tags.team);
      if (found !== expected) {
        throw new Error(`${expected}, but check says ${found} (${onlyWith}) of ${JSON.stringify(role)}`);
      }
      seen[found] += 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
  });
});

/** What the requests with every combination of values say together. */
function overEveryCombination({ policies, boundary }: Role, team: string): "ok" | "denied" | "conditional" {
  const statements = (documents: readonly (Role["policies"][number] | undefined)[]) =>
    documents
      .flatMap((one) => (one?.document.Statement ?? []) as readonly StatementJson[])
      .filter((one) => isAbout(one, ACTION));
  const [own, bounds] = [statements(policies), statements([boundary])];
  const named = [...own, ...bounds].flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys));
  const isMet = ({ Condition }: StatementJson, values: Values) =>
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, texts]) => meets(operator, key, texts, values[key] ?? [], team)),
    );
  const results = requests(named).map((values) => {
    const any = (effect: string, of: readonly StatementJson[]) =>
      of.some((one) => one.Effect === effect && isMet(one, values));
    return any("Allow", own) && (!boundary || any("Allow", bounds)) && !any("Deny", [...own, ...bounds]);
  });
  return results.every(Boolean) ? "ok" : results.some(Boolean) ? "conditional" : "denied";
}

const known = new Map<string, boolean>();

/** Whether a request with a known value of a key, or without it, meets one condition. */
function meets(operator: string, key: string, texts: OneOrMore, values: readonly string[], team: string): boolean {
  const id = JSON.stringify([operator, key, texts, values]);
  const condition = { [operator]: { [key]: texts } };
  const states = stateOf({ [key]: values, "aws:PrincipalTag/team": [team] });
  const request = { action: ACTION, resource: { values: [SECRET] }, key: states };
  const result = known.get(id) ?? conditionsMet(condition, "2012-10-17", request) === true;
  known.set(id, result);
  return result;
}

/** Every combination of values of these keys: a request through an endpoint has other keys than one that is not. */
function requests(named: readonly string[]): Values[] {
  const valuesOf = (key: string) => UNKNOWN_KINDS.find(({ keys }) => keys.includes(key))?.values ?? [];
  const combined = (keys: readonly string[], canLack: (key: string) => boolean) =>
    keys
      .filter((key) => named.includes(key))
      .reduce<Values[]>(
        (all, key) =>
          all.flatMap((values) => [
            ...valuesOf(key).map((value) => ({ ...values, [key]: [value] })),
            ...(canLack(key) ? [{ ...values, [key]: [] }] : []),
          ]),
        [{}],
      );
  const network = [
    ...combined(["aws:SourceVpce", "aws:SourceVpc"], () => false),
    ...combined(["aws:SourceIp"], () => false),
  ];
  const others = combined(
    ["aws:ResourceTag/team", "aws:UserAgent", "aws:SomethingNew"],
    (key) => key !== "aws:UserAgent",
  );
  return network.flatMap((one) => others.map((other) => ({ ...one, ...other })));
}

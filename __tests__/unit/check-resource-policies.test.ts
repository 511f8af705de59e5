import type { Lookups, ResourcePolicy } from "../../cli/aws-calls/lookups/answers";
import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { changedPoliciesIn } from "../../cli/sources/plan/changed-policies";
import { fixture } from "../support/fixture";
import { policy as boundary, CONTAINER, roleWith, SECRET, statementsFor, taskOf } from "../support/roles";

const ROLE = "arn:aws:iam::111122223333:role/orders";
const OWN = "arn:aws:iam::111122223333:root";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/k";
const REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/orders";
const BUCKET = "arn:aws:s3:::orders-config";
const FILE = `${BUCKET}/production.env`;

/** Everything that the container needs, in the role's own account or in another one. */
const foreign = <T>(value: T, account = "444455556666"): T =>
  JSON.parse(
    JSON.stringify(value).replaceAll(/(ecr|secretsmanager|kms):us-east-1:111122223333|111122223333(?=\.dkr)/g, (text) =>
      text.replace("111122223333", account),
    ),
  );

const ALL = [...statementsFor({ containerDefinitions: [CONTAINER] }), decrypt(KEY)];

function decrypt(Resource: string): StatementJson {
  return { Effect: "Allow", Action: "kms:Decrypt", Resource };
}

const allow = (Action: string, Principal: StatementJson["Principal"], more: StatementJson = {}) => ({
  Effect: "Allow",
  Action,
  Principal,
  Resource: "*",
  ...more,
});
const deny = (Action: string, Principal: StatementJson["Principal"], more: StatementJson = {}) => ({
  ...allow(Action, Principal, more),
  Effect: "Deny",
});

interface Situation {
  readonly statements?: readonly StatementJson[];
  readonly container?: typeof CONTAINER;
  readonly more?: Parameters<typeof roleWith>[1];
  readonly key?: string;
  /** The statements of the policy of a resource, by its ARN. */
  readonly policies: Readonly<Record<string, readonly StatementJson[] | ResourcePolicy>>;
}

async function check({ statements = ALL, container = CONTAINER, more = {}, key = KEY, policies }: Situation) {
  const asked: string[] = [];
  const policy: Lookups["policy"] = async (arn) => {
    asked.push(arn);
    const found = policies[arn];
    return Array.isArray(found) ? { document: { Version: "2012-10-17", Statement: found } } : (found as ResourcePolicy);
  };
  const keys = async () => ({ exists: true, keyArn: key });
  const findings = await checkRole(roleWith(statements, more), [taskOf([container])], keys, policy);
  return { ...findings, asked };
}

/** The verdict on an action: `ok`, the condition, `DENIED`, or why it fails. */
async function verdict(action: string, situation: Situation): Promise<string> {
  const { calls } = await check(situation);
  const found = calls.find((call) => call.action === action);
  return found?.allowed ? (found.onlyWith ?? "ok") : (found?.why ?? "DENIED");
}

test("the policies of the repository, the secret, the key and the bucket are read", async () => {
  const { asked, calls } = await check({ policies: {} });
  expect([...new Set(asked)].sort()).toEqual([REPOSITORY, KEY, SECRET, BUCKET].sort());
  expect(calls.filter(({ allowed }) => !allowed)).toEqual([]);
});

/** Policies of a resource, and the verdict on a call that all other policies allow. */
interface Calls {
  readonly what: string;
  readonly action: string;
  readonly resource: string;
  readonly verdicts: readonly {
    readonly policy: string;
    readonly statements?: readonly StatementJson[];
    /** What was found instead of a policy. */
    readonly found?: ResourcePolicy;
    readonly verdict: string;
  }[];
}

describe.each(fixture<Calls[]>("resource-policies.json"))("$what", ({ action, resource, verdicts }) => {
  const inPlace = <T>(value: T) => (resource.includes(":111122223333:") ? value : foreign(value));

  test.each(verdicts)("$policy: $verdict", async ({ statements, found = {}, verdict: expected }) => {
    const [container, own, key] = [inPlace(CONTAINER), inPlace(ALL), inPlace(KEY)];
    const policies = { [resource]: statements ?? found };
    expect(await verdict(action, { container, statements: own, key, policies })).toBe(expected);
  });
});

describe("in the role's own account", () => {
  const pull = (statements: readonly StatementJson[], more: Partial<Situation> = {}) =>
    verdict("ecr:BatchGetImage", { ...more, policies: { [REPOSITORY]: statements } });

  test("a repository policy can allow what the role's policies do not, but not what they deny", async () => {
    const [login] = statementsFor({ containerDefinitions: [CONTAINER] });
    const byItself = [allow("ecr:*", { AWS: ROLE })];
    expect(await pull([], { statements: [login as StatementJson] })).toBe("DENIED");
    expect(await pull([allow("ecr:*", { AWS: OWN })], { statements: [login as StatementJson] })).toBe("DENIED");
    expect(await pull(byItself, { statements: [login as StatementJson] })).toBe("ok");
    const denial = { Effect: "Deny", Action: "ecr:BatchGetImage", Resource: "*" };
    expect(await pull(byItself, { statements: [login as StatementJson, denial] })).toBe("DENIED");
    const more = { boundary: boundary([{ Effect: "Allow", Action: "logs:*", Resource: "*" }]) };
    expect(await pull(byItself, { statements: [login as StatementJson], more })).toBe("DENIED");
  });

  test("a key policy that does not let IAM policies decide can allow the role by itself", async () => {
    const statements = ALL.filter(({ Action }) => Action !== "kms:Decrypt");
    const key = (...own: StatementJson[]) => verdict("kms:Decrypt", { statements, policies: { [KEY]: own } });
    expect(await key(allow("kms:Decrypt", { AWS: ROLE }))).toBe("ok");
    expect(await key(allow("kms:*", { AWS: OWN }))).toBe("DENIED");
    expect(await key()).toBe(
      "the key policy does not allow it, and the role does not allow it either (access.decryptionKeys grants it)",
    );
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  test("NotPrincipal never excepts a role with a boundary", async () => {
    const NotPrincipal = { AWS: [OWN, ROLE] };
    const denial = [{ Effect: "Deny", Action: "ecr:*", NotPrincipal }];
    const all = boundary([{ Effect: "Allow", Action: "*", Resource: "*" }]);
    expect(await pull(denial)).toBe("NotPrincipal with the session of the task");
    expect(await pull(denial, { more: { boundary: all } })).toBe("the repository policy denies it (statement 1)");
  });

  test("a bucket policy is on the files that it names", async () => {
    const read = (Resource: string) =>
      verdict("s3:GetObject", { policies: { [BUCKET]: [deny("s3:GetObject", "*", { Resource })] } });
    expect(await read(FILE)).toBe("the bucket policy denies it (statement 1)");
    expect(await read(`${BUCKET}/other.env`)).toMatch(/aws:ResourceAccount/);
  });
});

describe("in another account", () => {
  const [container, statements, key] = [foreign(CONTAINER), foreign(ALL), foreign(KEY)];
  const [repository, secret] = [foreign(REPOSITORY), foreign(SECRET)];
  const there = (action: string, policies: Situation["policies"], more: Partial<Situation> = {}) =>
    verdict(action, { container, statements, key, policies, ...more });

  test("both the role and the policy of the resource must allow the call", async () => {
    const policies = {
      [repository]: [allow("ecr:*", { AWS: ROLE })],
      [secret]: [allow("secretsmanager:GetSecretValue", { AWS: ROLE })],
      [key]: [allow("kms:Decrypt", { AWS: ROLE })],
    };
    const actions = ["ecr:BatchGetImage", "secretsmanager:GetSecretValue", "kms:Decrypt"];
    const verdicts = async (more: Partial<Situation> = {}) =>
      Promise.all(actions.map((action) => there(action, policies, more)));
    expect(await verdicts()).toEqual(["ok", "ok", "ok"]);
    expect(await verdicts({ statements: [decrypt(`${key}-2`)] })).toEqual(["DENIED", "DENIED", "DENIED"]);
  });

  test("a secret under the AWS managed key cannot be read", async () => {
    const role = roleWith(statements);
    const { calls } = await checkRole(role, [taskOf([container])], async () => ({ exists: true, arn: secret }));
    expect(calls.find(({ action }) => action === "secretsmanager:GetSecretValue")).toMatchObject({
      allowed: false,
      why: "it is encrypted with aws/secretsmanager, which other accounts cannot use",
    });
  });
});

test.each([
  ["aws_ecr_repository_policy", { repository: "orders" }, REPOSITORY],
  ["aws_secretsmanager_secret_policy", { secret_arn: SECRET }, SECRET],
  ["aws_kms_key", { arn: KEY }, KEY],
  ["aws_kms_key_policy", { key_id: "k" }, KEY],
  ["aws_s3_bucket_policy", { bucket: "orders-config" }, BUCKET],
])("the policy that a plan changes with %s does not decide", async (type, values, resource) => {
  const changes = [
    { type, change: { before: { ...values, policy: "{}" }, after: values } },
    { type, change: { before: { ...values, policy: "{}" }, after: null } },
    { type, change: { before: null, after: { ...values, policy: "{}" } } },
  ];
  const same = { type, change: { before: { ...values, policy: "{}" }, after: { ...values, policy: "{}" } } };
  const checked = async (...resource_changes: object[]) => {
    const changedPolicies = changedPoliciesIn({ resource_changes } as never);
    const denial = { document: { Version: "2012-10-17", Statement: [deny("*", "*")] } };
    const { calls, notes } = await checkRole(
      roleWith(ALL),
      [{ ...taskOf([CONTAINER]), changedPolicies }],
      async () => ({ exists: true, keyArn: KEY }),
      async (arn) => (arn === resource ? denial : undefined),
    );
    return { isDenied: calls.some(({ allowed }) => !allowed), notes };
  };
  expect(await checked(same)).toEqual({ isDenied: true, notes: [] });
  const note = `the policy of ${resource} is unknown (the plan changes it), and can deny what is ok here`;
  for (const change of changes) {
    expect(await checked(change)).toEqual({ isDenied: false, notes: [note] });
  }
});

test("one note names the policies that are unknown", async () => {
  const unknown = { unknown: "ecr:GetRepositoryPolicy: AccessDeniedException" };
  const { notes } = await check({ policies: { [REPOSITORY]: unknown, [SECRET]: unknown } });
  expect(notes).toEqual([
    `the policy of ${REPOSITORY}, ${SECRET} is unknown (ecr:GetRepositoryPolicy: AccessDeniedException), and can deny what is ok here`,
  ]);
});

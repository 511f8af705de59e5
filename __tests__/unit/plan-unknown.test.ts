import { checkPlannedRole } from "../../cli/findings/check-planned-role";
import { checkRole } from "../../cli/findings/check-role";
import { unknownValues } from "../../cli/findings/unknown-values";
import type { PlannedRole } from "../../cli/needs/planned-role";
import type { StatementJson } from "../../cli/policy-json";
import { ANYTHING, type DocumentBlock, statementsIn } from "../../cli/sources/plan/documents/known-parts";
import { statementsAt } from "../../cli/sources/plan/documents/policy-document";
import { type PlannedResource, planOf } from "../../cli/sources/plan/json/plan-json";
import { fixture } from "../support/fixture";
import { plan, type Resource, referTo } from "../support/plan";
import { NO_KEYS, roleWith, SECRET, taskOf } from "../support/roles";

const READ: DocumentBlock = { actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] };
const GET = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"] };
const ecs = (Effect: string) => ({ Effect, Principal: { Service: "ecs-tasks.amazonaws.com" } });

/** A block of a policy document, which of its parts are unknown, and the statements that it has or may have. */
interface Case {
  readonly what: string;
  readonly block: DocumentBlock;
  readonly unknown: object;
  readonly known: readonly StatementJson[];
  readonly perhaps: readonly object[];
}

describe("a statement of which a part is not known", () => {
  test.each(fixture<Case[]>("unknown-statements.json"))("$what", ({ block, unknown, known, perhaps }) => {
    const found = statementsIn(block, unknown);
    expect(found.known).toEqual(known);
    expect(found.perhaps).toHaveLength(perhaps.length);
    expect(found.perhaps).toMatchObject(perhaps);
  });

  test("has the variables and the lists of the provider", () => {
    const { known } = statementsIn(
      {
        sid: "Own",
        effect: "Deny",
        actions: ["s3:*"],
        resources: ["arn:aws:s3:::b/&{aws:PrincipalTag/team}/*"],
        principals: [
          { type: "AWS", identifiers: ["a"] },
          { type: "AWS", identifiers: ["b"] },
        ],
        condition: [
          { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
          { test: "Bool", variable: "aws:ViaAWSService", values: ["false"] },
        ],
      },
      {},
    );
    expect(known).toEqual([
      {
        ...{ Sid: "Own", Effect: "Deny", Action: ["s3:*"], Resource: ["arn:aws:s3:::b/${aws:PrincipalTag/team}/*"] },
        Principal: { AWS: ["a", "b"] },
        Condition: { Bool: { "aws:SecureTransport": ["false"], "aws:ViaAWSService": ["false"] } },
      },
    ]);
  });
});

describe("a document that Terraform reads during the apply", () => {
  const data = (name: string, values: object, mask: object, refers: readonly string[] = []): Resource => ({
    address: `data.aws_iam_policy_document.${name}`,
    values,
    unknown: { json: true, ...mask },
    refers: { source_policy_documents: refers },
  });
  /** The statements of the document `own`. */
  const read = (...documents: Resource[]) => {
    const refers = { policy: referTo("data.aws_iam_policy_document.own.json") };
    const all = planOf(plan([{ address: "aws_iam_policy.a", values: {}, refers }, ...documents]));
    const policy = all.resources.find(({ address }) => address === "aws_iam_policy.a");
    const { known, perhaps } = statementsAt(all, policy as PlannedResource, "policy");
    return [known.map(({ Sid }) => Sid), perhaps.length];
  };
  const one = (sid: string) => ({ ...READ, sid });
  const source = data("other", { statement: [one("Other"), one("Same")] }, {});
  const refers = referTo("data.aws_iam_policy_document.other.json");
  const values = { statement: [one("Own"), one("Same")], source_policy_documents: [null] };

  test("has the statements of its sources, unless its own have the same Sid", () => {
    expect(read(data("own", values, { source_policy_documents: [true] }, refers), source)).toEqual([
      ["Own", "Same", "Other"],
      0,
    ]);
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Text", Effect: "Allow" }] });
    expect(read(data("own", { ...values, source_policy_documents: [text] }, {}))).toEqual([["Own", "Same", "Text"], 0]);
  });

  test("may say anything more if a source is not shown", () => {
    const unclear = data(
      "own",
      { ...values, source_policy_documents: [null, null] },
      { source_policy_documents: [true, true] },
      refers,
    );
    expect(read(unclear, source)).toEqual([["Own", "Same"], ANYTHING.perhaps.length]);
    expect(read(data("own", values, { source_policy_documents: true }))).toEqual([["Own", "Same"], 2]);
  });

  test.each<[string, object, object]>([
    ["statements that are replaced", { override_policy_documents: ["{}"] }, {}],
    ["statements that may be replaced", {}, { override_policy_documents: [true] }],
    ["dynamic statements", {}, { statement: true }],
  ])("may say anything if it has %s", (_, more, mask) => {
    expect(read(data("own", { ...values, source_policy_documents: null, ...more }, mask))).toEqual([[], 2]);
  });
});

describe("a role of which a part is not known", () => {
  const task = taskOf([{ name: "app", image: "nginx", secrets: [{ name: "A", valueFrom: SECRET }] }]);
  const whole = { field: "policy of aws_iam_policy.a", waitsFor: ["aws_kms_key.a"] };
  const check = async (known: StatementJson[], perhaps: readonly StatementJson[], more: Partial<PlannedRole> = {}) => {
    const unknown = [{ ...whole, document: { Version: "2012-10-17", Statement: perhaps } }];
    const role = { ...roleWith(known), ...(known.length === 0 && { policies: [] }), unknown, ...more };
    const found = await checkPlannedRole(role, [task], (one) => checkRole(one, [task], NO_KEYS));
    return {
      calls: found.calls.map(({ action, allowed }) => [action, allowed]),
      unknown: found.unknown.map(({ field, calls = [] }) => [field, ...calls.map(({ action }) => action)]),
    };
  };
  const allowed = { ...GET, Resource: [SECRET] };
  const CALL = "secretsmanager:GetSecretValue";

  test("allows a call that nothing unknown may deny", async () => {
    expect(await check([allowed], [{ ...GET, Resource: ["*"] }])).toEqual({
      calls: [[CALL, true]],
      unknown: [[whole.field]],
    });
  });

  test("denies a call that nothing unknown may allow", async () => {
    expect(await check([], [{ ...GET, Action: ["kms:Decrypt"], Resource: ["*"] }])).toMatchObject({
      calls: [[CALL, false]],
    });
    const known = { ...allowed, Effect: "Deny" };
    expect(await check([known], ANYTHING.perhaps)).toEqual({ calls: [[CALL, false]], unknown: [[whole.field]] });
  });

  test("leaves any other call open", async () => {
    expect(await check([], ANYTHING.perhaps)).toEqual({ calls: [], unknown: [[whole.field, CALL]] });
    expect(await check([allowed], ANYTHING.perhaps)).toEqual({ calls: [], unknown: [[whole.field, CALL]] });
    expect(await check([allowed], [{ ...allowed, Effect: "Deny" }])).toEqual({
      calls: [],
      unknown: [[whole.field, CALL]],
    });
  });

  test.each<[string, StatementJson[], readonly StatementJson[], object]>([
    ["nothing is known of it", [], ANYTHING.perhaps, { calls: [], unknown: [["boundary", CALL]] }],
    ["it may allow the call", [], [{ ...GET, Resource: ["*"] }], { calls: [], unknown: [["boundary", CALL]] }],
    [
      "it allows the call",
      [allowed],
      [{ ...GET, Resource: ["*"] }],
      { calls: [[CALL, true]], unknown: [["boundary"]] },
    ],
    [
      "it does not allow the call",
      [],
      [{ ...GET, Action: ["kms:Decrypt"], Resource: ["*"] }],
      { calls: [[CALL, false]], unknown: [["boundary"]] },
    ],
  ])("has a boundary: %s", async (_, Statement, perhaps, expected) => {
    const boundary = { name: "boundary", document: { Version: "2012-10-17", Statement } };
    const document = { Version: "2012-10-17", Statement: perhaps };
    const unknownBoundary = { field: "boundary", waitsFor: [], document };
    expect(await check([allowed], [], { unknown: [], boundary, unknownBoundary })).toEqual(expected);
  });

  test("leaves open whether ECS can assume it", async () => {
    const unknownTrust = {
      ...{ field: "assume_role_policy of aws_iam_role.a", waitsFor: [] },
      document: { Version: "2012-10-17", Statement: [{ ...ecs("Allow"), Action: "sts:AssumeRole" }] },
    };
    const trust = { Version: "2012-10-17", Statement: [] };
    expect(await check([allowed], [], { unknown: [], trust, unknownTrust })).toEqual({
      calls: [[CALL, true]],
      unknown: [[unknownTrust.field, "sts:AssumeRole"]],
    });
  });

  test("has no excess in what an unknown part of a task may need", async () => {
    const parts = [{ container: "task", field: "container_definitions", waitsFor: [], mayNeed: ["secrets"] as const }];
    const excess = async (Action: string) => {
      const role = roleWith([{ Effect: "Allow", Action, Resource: "arn:aws:secretsmanager:us-east-1:111122223333:*" }]);
      const one = { ...task, components: [], unknown: parts };
      const { excess: found } = await checkRole(role, [one], NO_KEYS);
      expect(unknownValues([one])).toMatchObject([{ field: "container_definitions", tasks: [{ container: "task" }] }]);
      return found.map(({ action }) => action);
    };
    expect(await excess(CALL)).toEqual([]);
    expect(await excess("secretsmanager:DeleteSecret")).toEqual(["secretsmanager:DeleteSecret"]);
  });
});

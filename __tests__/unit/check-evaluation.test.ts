import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import type { Keys } from "../../cli/aws-calls/stored";
import { CouldNotCheck } from "../../cli/could-not-check";
import { checkRole } from "../../cli/findings/check-role";
import type { CheckedCall, RoleFindings } from "../../cli/findings/findings";
import { taskWithRole } from "../../cli/needs/task-with-role";
import { parsePolicy } from "../../cli/parse-policy";
import { fixture } from "../support/fixture";

/** A role whose verdicts follow from a page of AWS. */
interface Case {
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly role: {
    readonly name: string;
    readonly path: string;
    readonly trust: object;
    readonly policies: readonly {
      readonly name: string;
      readonly document?: object;
      readonly documentText?: string;
    }[];
    readonly boundary?: object;
    readonly tags?: Readonly<Record<string, string>>;
  };
  readonly containerDefinitions: readonly object[];
  readonly taskDefinition?: object;
  readonly verdicts: readonly { readonly action: string; readonly resource: string; readonly expect: string }[];
  /** Null if nothing follows about it. */
  readonly excess: readonly { readonly contains: string }[] | null;
  readonly starts: boolean | "conditional" | "unchecked";
}

const CASES = fixture<readonly Case[]>("evaluation.json");

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d-0000-0000-0000-000000000001";

/** What is named `keyed` is encrypted with a customer managed key. */
const keys: Keys = async (arn) => ({ exists: true, ...(/[:/]keyed/.test(arn) && { keyArn: KEY }) });

async function findings(one: Case): Promise<RoleFindings> {
  const { region, account, partition, containerDefinitions, taskDefinition } = one;
  const { name, path, trust, policies, boundary, tags = {} } = one.role;
  const role = {
    arn: `arn:${partition}:iam::${account}:role${path}${name}`,
    tags,
    trust: parsePolicy(JSON.stringify(trust), "the trust policy"),
    policies: policies.map(({ name, document, documentText = JSON.stringify(document) }) => ({
      name,
      document: parsePolicy(documentText, name),
    })),
    ...(boundary && { boundary: { name: "boundary", document: parsePolicy(JSON.stringify(boundary), "boundary") } }),
  } as RoleWithPolicies;
  const taskDefinitionArn = `arn:${partition}:ecs:${region}:${account}:task-definition/orders:1`;
  const { task } = taskWithRole({ ...taskDefinition, taskDefinitionArn, containerDefinitions } as never, []);
  return checkRole(role, [task], keys);
}

const verdictOf = ({ allowed, onlyWith }: CheckedCall) => (allowed ? (onlyWith ? "conditional" : "ok") : "denied");

/** The verdicts of a case begin with what its calls begin with. */
const isAbout = (pattern: string, resource: string) =>
  pattern === resource || (pattern.endsWith("*") && resource.startsWith(pattern.slice(0, -1)));

describe.each(CASES.map((one) => [`${one.id} ${one.title}`, one] as const))("the role of %s", (_, one) => {
  if (one.starts === "unchecked") {
    test("cannot be checked, because IAM refuses a document", async () => {
      await expect(findings(one)).rejects.toThrow(CouldNotCheck);
      await expect(findings(one)).rejects.toThrow(/^IAM refuses (inline|the trust policy|boundary)[,:] /);
    });
    return;
  }

  test("has the verdicts that follow from AWS's page", async () => {
    const { calls, excess } = await findings(one);
    const expected = one.verdicts.filter(({ action, expect }) => action !== "sts:AssumeRole" || expect !== "ok");
    expect(
      calls
        .map((call) => {
          const about = expected.find(
            ({ action, resource }) => action === call.action && isAbout(resource, call.resource),
          );
          return [call.action, about?.resource ?? call.resource, verdictOf(call)];
        })
        .sort(),
    ).toEqual(expected.map(({ action, resource, expect }) => [action, resource, expect]).sort());
    const starts = calls.map(verdictOf);
    expect(starts.includes("denied") ? false : starts.includes("conditional") ? "conditional" : true).toBe(one.starts);
    if (one.excess !== null) {
      const found = excess.map(({ action, resource }) => `${action} on ${resource}`);
      expect(found).toHaveLength(one.excess.length);
      expect(found).toEqual(
        expect.arrayContaining(one.excess.map(({ contains }) => expect.stringContaining(contains))),
      );
    }
  });
});

import type { Policy, RoleWithPolicies } from "../../cli/aws-calls/policies";
import type { Stored } from "../../cli/aws-calls/stored";
import { checkRole } from "../../cli/findings/check-role";
import type { RoleFindings } from "../../cli/findings/findings";
import { taskWithRole } from "../../cli/needs/task-with-role";
import { fixture } from "../support/fixture";

/** A role as public repositories have it, and what an expert says about it. */
interface Case {
  readonly title: string;
  readonly region: string;
  readonly partition?: string;
  readonly trust: RoleWithPolicies["trust"];
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
  readonly stored?: Readonly<Record<string, Partial<Stored>>>;
  readonly containerDefinitions: readonly object[];
  readonly lines: readonly Line[];
}

/** A sentence of the expert, and the findings that say the same. */
interface Line {
  readonly says: string;
  /** Denied actions, and what denies them. */
  readonly denied?: readonly string[];
  readonly by?: string;
  /** Actions, or the principals of the trust policy. */
  readonly excess?: readonly string[];
  readonly dead?: readonly string[];
  readonly principals?: readonly string[];
  /** The statements, each after its policy. */
  readonly in?: string;
}

const CASES = fixture<readonly Case[]>("policies.json");

async function findings(one: Case): Promise<RoleFindings> {
  const { region, partition = "aws", trust, policies, boundary, stored = {}, containerDefinitions } = one;
  const taskDefinitionArn = `arn:${partition}:ecs:${region}:111122223333:task-definition/app:1`;
  const { task } = taskWithRole({ taskDefinitionArn, containerDefinitions } as never, []);
  const arn = `arn:${partition}:iam::111122223333:role/app`;
  const role = { arn, tags: {}, trust, policies, ...(boundary && { boundary }) };
  return checkRole(role, [task], async (name) => ({ exists: true, ...stored[name] }));
}

const sorted = (words: readonly string[]) => [...new Set(words)].sort();

function expected(lines: readonly Line[]): string[] {
  return lines.flatMap(({ denied = [], by = "nothing", excess = [], dead = [], principals = [], in: where }) => [
    ...denied.map((action) => `${action} is denied by ${by}`),
    ...excess.map((action) => `${action} is too much in ${where}`),
    ...dead.map((action) => `${action} is dead in ${where}`),
    ...principals.map((principal) => `${principal} may assume the role in ${where}`),
  ]);
}

function found({ calls, excess, dead, principals }: RoleFindings): string[] {
  const statement = (one: { readonly policy: string; readonly statement: string }) => `${one.policy}, ${one.statement}`;
  return [
    ...calls
      .filter(({ allowed }) => !allowed)
      .map(({ action, deniedBy = "nothing" }) => `${action} is denied by ${deniedBy}`),
    ...excess.map((one) => `${one.action} is too much in ${[one, ...(one.also ?? [])].map(statement).join("; ")}`),
    ...dead.map((one) => `${one.action} is dead in ${statement(one)}`),
    ...principals.map((one) => `${one.principal} may assume the role in ${one.statement}`),
  ];
}

test.each(CASES.map((one) => [one.title, one] as const))(
  "the findings on %s are what an expert says",
  async (_, one) => {
    const { lines } = one;
    expect(sorted(found(await findings(one)))).toEqual(sorted(expected(lines)));
  },
);

test("no permission is in two entries of the excess, and none is both dead and excess", async () => {
  for (const one of CASES) {
    const { excess, dead } = await findings(one);
    const permissions = excess.map(({ action, resource }) => `${action} ${resource}`);
    expect([one.title, permissions]).toEqual([one.title, [...new Set(permissions)]]);
    const both = dead.filter((other) =>
      excess.some(
        (part) => part.policy === other.policy && part.action === other.action && part.resource === other.resource,
      ),
    );
    expect([one.title, both]).toEqual([one.title, []]);
  }
});

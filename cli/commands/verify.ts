import { existsSync, readFileSync, statSync } from "node:fs";
import { iamOfTheUser, rolesOf } from "../aws-calls/role";
import { CouldNotCheck } from "../could-not-check";
import { print } from "../terminal";
import { expectedByOutputs } from "../verify/expected-by-outputs";
import { expectedByStacks } from "../verify/expected-by-stacks";
import { fixedText, isTemplate, matcher } from "../verify/policies/template";
import { type RoleExpectation, workshopsRole } from "../verify/role-expectation";
import { type Finding, reportRole } from "../verify/role-report";
import type { Arguments } from "./command";

const AS_EXPECTED = 0;
const DIFFERS = 1;

interface Report {
  readonly role: string;
  readonly asExpected: boolean;
  readonly findings: readonly Finding[];
}

/** Compares roles in the account with what they should be. */
export async function run({ values: { from, json }, positionals: [roleName] }: Arguments): Promise<number> {
  const expected = rolesToVerify(roleName, from as string | undefined);
  const roles = rolesOf(await iamOfTheUser());
  const reports = await Promise.all(
    expected.map(async (expectation): Promise<Report> => {
      const { roleName: name } = expectation;
      const role = await roles.named(name);
      const findings = role ? reportRole(role, expectation) : [missing(name)];
      return { role: name, asExpected: findings.every(({ mark }) => mark === "ok"), findings };
    }),
  );
  const isRight = reports.every(({ asExpected }) => asExpected);
  const comparedWith = from === undefined ? WORKSHOP : String(from);
  const exists = reports.some(({ findings }) => findings.some(({ mark }) => mark === "ok"));
  const texts = [...reports.map(forPeople), ...(isRight || !exists ? [] : [aboutComparison(comparedWith)])];
  print(json ? JSON.stringify({ comparedWith, roles: reports }, null, 2) : texts.join("\n\n"));
  return isRight ? AS_EXPECTED : DIFFERS;
}

const missing = (name: string): Finding => ({
  mark: "MISSING",
  subject: "role",
  detail: `there is no role ${name} in this account`,
});

const WORKSHOP = "the workshop's role with its four AWS managed policies";

function aboutComparison(comparedWith: string): string {
  const other =
    "For any other role, use verify --from cdktf.out, verify --from the output of terraform output -json, or check.";
  return `Compared with ${comparedWith}.${comparedWith === WORKSHOP ? ` ${other}` : ""}`;
}

function rolesToVerify(roleName: string | undefined, from: string | undefined): RoleExpectation[] {
  if (from === undefined) {
    if (!roleName) {
      throw new CouldNotCheck(`specify a role, for example verify fcjEcsTaskExecutionRole`);
    }
    return [workshopsRole(roleName)];
  }
  const expected = expectedFrom(from);
  if (expected.length === 0) {
    throw new CouldNotCheck(`there is no task execution role in ${from}`);
  }
  if (roleName) {
    return [{ ...roleOfThatName(expected, roleName, from), roleName }];
  }
  if (expected.some((role) => isTemplate(role.roleName))) {
    throw new CouldNotCheck(
      `Terraform generates the name of a role in ${from}; specify it: verify ROLE --from ${from}`,
    );
  }
  return expected;
}

/** Several prefixes can match a name; the longest match wins. */
function roleOfThatName(expected: readonly RoleExpectation[], roleName: string, from: string): RoleExpectation {
  const fitting = expected.filter((role) => matcher(role.roleName)(roleName));
  const longest = Math.max(...fitting.map((role) => fixedText(role.roleName).length));
  const [one, ...others] = fitting.filter((role) => fixedText(role.roleName).length === longest);
  if (!one) {
    throw new CouldNotCheck(
      `${from} has no role ${roleName}; it has ${expected.map((role) => role.roleName).join(", ")}`,
    );
  }
  if (others.length > 0) {
    throw new CouldNotCheck(`${from} has several roles that can have the name ${roleName}`);
  }
  return one;
}

/** A folder is the output folder of an app; a file is the output of `terraform output -json`. */
function expectedFrom(from: string): RoleExpectation[] {
  if (!existsSync(from)) {
    throw new CouldNotCheck(`there is no ${from}; create it with npm run synth, or with terraform output -json > FILE`);
  }
  try {
    return statSync(from).isDirectory()
      ? expectedByStacks(from)
      : expectedByOutputs(JSON.parse(readFileSync(from, "utf8")));
  } catch (error) {
    throw new CouldNotCheck(
      `${from} is neither the output folder of an app nor the output of terraform output -json (${(error as Error).message})`,
    );
  }
}

function forPeople({ role, findings }: Report): string {
  const width = Math.max(18, ...findings.map(({ subject }) => subject.length)) + 2;
  const rows = findings.map(({ mark, subject, detail }) => `  ${mark.padEnd(8)}${subject.padEnd(width)}${detail}`);
  const differences = findings.filter(({ mark }) => mark !== "ok");
  const conclusion =
    differences.length === 0
      ? `All as expected: the role exists, ECS tasks can assume it, and exactly the ${policies(findings)} attached.`
      : `Differs: ${differences.map(({ mark, subject, detail }) => `${subject} ${mark.toLowerCase()} (${detail})`).join("; ")}.`;
  return [`Role ${role}`, "", ...rows, "", conclusion, ...aboutExclusive(findings)].join("\n");
}

/** `exclusive` would also remove a policy with a Deny statement, so these policies are listed. */
function aboutExclusive(findings: readonly Finding[]): string[] {
  const removed = findings.filter(
    ({ mark, subject }) => mark === "EXTRA" && subject.endsWith(" policy") && subject !== "assume-role policy",
  );
  return removed.length === 0
    ? []
    : [`With exclusive: true, the next apply would remove ${removed.map(({ detail }) => detail).join(", ")}.`];
}

function policies(findings: readonly Finding[]): string {
  const number = findings.filter(({ subject }) => subject === "managed policy").length;
  return number === 1 ? "policy above is" : `${number} policies above are`;
}

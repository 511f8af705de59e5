import { existsSync, readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import type { IAMClient } from "@aws-sdk/client-iam";
import { expectedByOutputs } from "./verify/expected-by-outputs";
import { expectedByStacks } from "./verify/expected-by-stacks";
import { type RoleExpectation, workshopsRole } from "./verify/role-expectation";
import { iamClient } from "./verify/role-in-account";
import { type Finding, reportRole } from "./verify/role-report";
import { fixedText, isTemplate, matcher } from "./verify/template";

const AS_EXPECTED = 0;
const DIFFERS = 1;
const COULD_NOT_TELL = 2;

const USAGE = "npm run verify -- ROLE, or npm run verify -- [ROLE] --from cdktf.out";

/** What keeps us from telling, in words for the user. */
class CouldNotTell extends Error {}

interface Report {
  readonly role: string;
  readonly asExpected: boolean;
  readonly findings: readonly Finding[];
}

async function verify(): Promise<number> {
  const json = process.argv.includes("--json");
  try {
    const { roleName, from } = options();
    const iam = await clientOfTheUser();
    const reports: Report[] = [];
    for (const [role, expected] of rolesToVerify(roleName, from)) {
      const findings = await reportRole(iam, role, expected);
      reports.push({ role, asExpected: findings.every(({ mark }) => mark === "ok"), findings });
    }
    print(json ? JSON.stringify({ roles: reports }, null, 2) : reports.map(forPeople).join("\n\n"));
    return reports.every(({ asExpected }) => asExpected) ? AS_EXPECTED : DIFFERS;
  } catch (error) {
    const reason = `Could not tell: ${reasonOf(error as Error)}`;
    print(json ? JSON.stringify({ error: reason }, null, 2) : reason);
    return COULD_NOT_TELL;
  }
}

/** What comes from AWS or from a file can hold characters that a terminal obeys; they are written as JSON escapes. */
function print(text: string): void {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  console.log(text.replace(/[^\P{C}\n]/gu, (characters) => [...characters.split("")].map(escaped).join("")));
}

function options(): { readonly roleName?: string; readonly from?: string } {
  try {
    const { values, positionals } = parseArgs({
      options: { from: { type: "string" }, json: { type: "boolean" } },
      allowPositionals: true,
    });
    return { roleName: positionals[0], from: values.from };
  } catch (error) {
    throw new CouldNotTell(`${(error as Error).message}; write ${USAGE}`);
  }
}

function rolesToVerify(roleName: string | undefined, from: string | undefined): [string, RoleExpectation][] {
  if (from === undefined) {
    if (!roleName) {
      throw new CouldNotTell(`name the role, as in npm run verify -- fcjEcsTaskExecutionRole`);
    }
    return [[roleName, workshopsRole(roleName)]];
  }
  const expected = expectedFrom(from);
  const names = expected.map((one) => one.roleName);
  if (expected.length === 0) {
    throw new CouldNotTell(`there is no task execution role in ${from}`);
  }
  if (roleName) {
    return [[roleName, roleOfThatName(expected, roleName, from)]];
  }
  const unnamed = names.filter(isTemplate);
  if (unnamed.length > 0) {
    throw new CouldNotTell(
      `Terraform makes the name of a role in ${from}; name it: npm run verify -- ROLE --from ${from}`,
    );
  }
  return expected.map((role) => [role.roleName, role]);
}

/** Several prefixes can fit a name; the longest is the role's. */
function roleOfThatName(expected: readonly RoleExpectation[], roleName: string, from: string): RoleExpectation {
  const fitting = expected.filter((role) => role.roleName === roleName || matcher(role.roleName)(roleName));
  const longest = Math.max(...fitting.map((role) => fixedText(role.roleName).length));
  const [one, ...others] = fitting.filter((role) => fixedText(role.roleName).length === longest);
  if (!one) {
    throw new CouldNotTell(
      `${from} has no role ${roleName}; it has ${expected.map((role) => role.roleName).join(", ")}`,
    );
  }
  if (others.length > 0) {
    throw new CouldNotTell(`${from} has several roles whose name can be ${roleName}`);
  }
  return one;
}

/** A folder is an app's output, a file is that of `terraform output -json`. */
function expectedFrom(from: string): RoleExpectation[] {
  if (!existsSync(from)) {
    throw new CouldNotTell(`there is no ${from}; make it by npm run synth, or by terraform output -json > FILE`);
  }
  try {
    return statSync(from).isDirectory()
      ? expectedByStacks(from)
      : expectedByOutputs(JSON.parse(readFileSync(from, "utf8")));
  } catch (error) {
    throw new CouldNotTell(
      `${from} is neither the output folder of an app nor what terraform output -json prints (${(error as Error).message})`,
    );
  }
}

/** IAM is global, so where no Region is configured any Region of the partition does. */
async function clientOfTheUser(): Promise<IAMClient> {
  const configured = iamClient({});
  return configured.config.region().then(
    () => configured,
    () => iamClient({ region: "us-east-1" }),
  );
}

function forPeople({ role, findings }: Report): string {
  const width = Math.max(18, ...findings.map(({ subject }) => subject.length)) + 2;
  const rows = findings.map(({ mark, subject, detail }) => `  ${mark.padEnd(8)}${subject.padEnd(width)}${detail}`);
  const differences = findings.filter(({ mark }) => mark !== "ok");
  const conclusion =
    differences.length === 0
      ? `All as expected: the role exists, ECS tasks may assume it, and exactly the ${policies(findings)} attached.`
      : `Differs: ${differences.map(({ mark, subject, detail }) => `${subject} ${mark.toLowerCase()} (${detail})`).join("; ")}.`;
  return [`Role ${role}`, "", ...rows, "", conclusion, ...aboutExclusive(findings)].join("\n");
}

/** What `exclusive` would remove can be a policy that denies something. */
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

function reasonOf(error: Error): string {
  if (error instanceof CouldNotTell) {
    return `${error.message}.`;
  }
  const detail = (error.message || ((error as NodeJS.ErrnoException).code ?? "")).split("\n")[0];
  if (error.name === "CredentialsProviderError") {
    return `there are no AWS credentials to use; set AWS_PROFILE, sign in, or run aws configure (${detail}).`;
  }
  if (/AccessDenied|Unauthorized/.test(error.name)) {
    return `these credentials may not read the role; allow iam:GetRole, iam:ListAttachedRolePolicies, iam:ListRolePolicies, iam:GetPolicy and iam:GetPolicyVersion (${detail}).`;
  }
  if (/Token|Signature|Credential/.test(error.name)) {
    return `AWS did not accept these credentials (${error.name}: ${detail}).`;
  }
  return `AWS did not answer as expected; check the network and AWS_ENDPOINT_URL (${error.name}: ${detail}).`;
}

void verify().then((code) => {
  process.exitCode = code;
});

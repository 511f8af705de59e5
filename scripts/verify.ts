import type { IAMClient } from "@aws-sdk/client-iam";
import { iamClient } from "./support/iam-client";
import { type Finding, reportRole } from "./support/role-report";

const AS_EXPECTED = 0;
const DIFFERS = 1;
const COULD_NOT_TELL = 2;

async function verify(roleName: string | undefined): Promise<number> {
  if (!roleName) {
    console.log("Could not tell: name the role, as in npm run verify -- fcjEcsTaskExecutionRole");
    return COULD_NOT_TELL;
  }
  try {
    const findings = await reportRole(await clientOfTheUser(), roleName);
    console.log(`Role ${roleName}\n`);
    console.log(findings.map(({ mark, subject, detail }) => row(mark, subject, detail)).join("\n"));
    const differences = findings.filter(({ mark }) => mark !== "ok");
    console.log(`\n${conclusion(differences)}`);
    return differences.length === 0 ? AS_EXPECTED : DIFFERS;
  } catch (error) {
    console.log(`Could not tell: ${reason(error as Error)}`);
    return COULD_NOT_TELL;
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

function row(mark: string, subject: string, detail: string): string {
  return `  ${mark.padEnd(8)}${subject.padEnd(20)}${detail}`;
}

function conclusion(differences: readonly Finding[]): string {
  return differences.length === 0
    ? "All as expected: the role exists, ECS tasks may assume it, and exactly the four policies are attached."
    : `Differs: ${differences.map(({ mark, subject, detail }) => `${subject} ${mark.toLowerCase()} (${detail})`).join("; ")}.`;
}

function reason(error: Error): string {
  const detail = (error.message || ((error as NodeJS.ErrnoException).code ?? "")).split("\n")[0];
  if (error.name === "CredentialsProviderError") {
    return `there are no AWS credentials to use; set AWS_PROFILE, sign in, or run aws configure (${detail}).`;
  }
  if (/AccessDenied|Unauthorized/.test(error.name)) {
    return `these credentials may not read the role; allow iam:GetRole, iam:ListAttachedRolePolicies and iam:ListRolePolicies (${detail}).`;
  }
  if (/Token|Signature|Credential/.test(error.name)) {
    return `AWS did not accept these credentials (${error.name}: ${detail}).`;
  }
  return `AWS did not answer as expected; check the network and AWS_ENDPOINT_URL (${error.name}: ${detail}).`;
}

void verify(process.argv[2]).then((code) => {
  process.exitCode = code;
});

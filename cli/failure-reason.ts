import { POLICY_TO_READ } from "./account/reads";
import { CouldNotCheck } from "./could-not-check";

/** Why the command failed, in one sentence; if a permission is missing, followed by a policy that allows it. */
export function failureReason(error: Error): string {
  if (error instanceof CouldNotCheck) {
    return `${error.message}.`;
  }
  const detail = (error.message || ((error as NodeJS.ErrnoException).code ?? "")).split("\n")[0] ?? "";
  const reason = REASONS.find(({ pattern }) => pattern.test(error.name)) ?? NO_ANSWER;
  return reason.sentence({ name: error.name, detail, action: (error as { action?: string }).action });
}

interface Failure {
  readonly name: string;
  readonly detail: string;
  /** The call that failed, such as `iam:GetRole`. */
  readonly action: string | undefined;
}

interface Reason {
  /** The names of the errors. */
  readonly pattern: RegExp;
  readonly sentence: (failure: Failure) => string;
}

/** By the error's name; the first match applies. */
const REASONS: readonly Reason[] = [
  {
    pattern: /^CredentialsProviderError$/,
    sentence: ({ detail }) =>
      `no AWS credentials were found; set AWS_PROFILE, sign in, or run aws configure (${detail}).`,
  },
  {
    pattern: /AccessDenied|Unauthorized/,
    sentence: ({ action, detail }) =>
      `these credentials do not allow ${action ?? "a call"} (${detail}). This policy allows every call that the command makes:\n${POLICY_TO_READ}`,
  },
  {
    pattern: /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/,
    sentence: ({ action, detail }) =>
      `AWS is still throttling ${action ?? "a call"} after several attempts; try again later (${detail}).`,
  },
  {
    pattern: /Token|Signature|Credential/,
    sentence: ({ name, detail }) => `AWS rejected these credentials (${name}: ${detail}).`,
  },
  {
    pattern: /^(RegionMissing|Error)$/,
    sentence: ({ name, detail }) =>
      /region is missing/i.test(detail) ? "no Region is set; set AWS_REGION." : unanswered(name, detail),
  },
];

const NO_ANSWER: Reason = { pattern: /./, sentence: ({ name, detail }) => unanswered(name, detail) };

function unanswered(name: string, detail: string): string {
  return `AWS did not respond as expected; check the network and AWS_ENDPOINT_URL (${name}: ${detail}).`;
}

import { POLICY_TO_READ } from "./aws-calls/reads";
import { CouldNotCheck } from "./could-not-check";

/** Why the command failed, in one sentence; if a permission is missing, followed by a policy that allows it. */
export function failureReason(error: Error & { readonly action?: string; readonly code?: string }): string {
  if (error instanceof CouldNotCheck) {
    return `${error.message}.`;
  }
  const { name, action = "a call", message, code = "" } = error;
  const [detail = ""] = (message || code).split("\n");
  if (/region is missing/i.test(detail)) {
    return "no Region is set; set AWS_REGION.";
  }
  const [, sentence = NO_ANSWER] = REASONS.find(([names]) => names.test(name)) ?? [];
  return sentence({ name, detail, action });
}

interface Failure {
  readonly name: string;
  readonly detail: string;
  /** The call that failed, such as `iam:GetRole`. */
  readonly action: string;
}

type Sentence = (failure: Failure) => string;

/** By the error's name; the first match applies. */
const REASONS: readonly (readonly [names: RegExp, Sentence])[] = [
  [
    /^CredentialsProviderError$/,
    ({ detail }) => `no AWS credentials were found; set AWS_PROFILE, sign in, or run aws configure (${detail}).`,
  ],
  [
    /AccessDenied|Unauthorized/,
    ({ action, detail }) =>
      `these credentials do not allow ${action} (${detail}). This policy allows every call that the command makes:\n${POLICY_TO_READ}`,
  ],
  [
    /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/,
    ({ action, detail }) => `AWS is still throttling ${action} after several attempts; try again later (${detail}).`,
  ],
  [/Token|Signature|Credential/, ({ name, detail }) => `AWS rejected these credentials (${name}: ${detail}).`],
];

const NO_ANSWER: Sentence = ({ name, detail }) =>
  `AWS did not respond as expected; check the network and AWS_ENDPOINT_URL (${name}: ${detail}).`;

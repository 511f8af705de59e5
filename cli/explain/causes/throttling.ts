import { type Cause, type KnownReason, PAGES } from "../model/known-reason";

/** The limit of a registry other than ECR. */
export const RATE_LIMIT: Cause = {
  whose: "registry",
  why: "The registry's rate limit is reached. Docker Hub limits how many images are pulled without an account, and all tasks behind a NAT gateway share the limit.",
  fix: "Set repositoryCredentials in the container definition (list its secret in secrets), use a pull-through cache, or copy the image to ECR.",
};

/** Too many calls, and AWS's own failures. */
export const THROTTLING: readonly KnownReason[] = [
  {
    says: "`toomanyrequests: Rate exceeded`, from ECR",
    pattern:
      /(\.dkr[.-]ecr|public\.ecr\.aws|GetAuthorizationToken|BatchGetImage).*(toomanyrequests|too many requests|rate exceeded|data limit exceeded|throttl)|toomanyrequests.*(\.dkr[.-]ecr|public\.ecr\.aws)|toomanyrequests: (rate|data limit) exceeded/i,
    whose: "aws",
    why: "The rate limit of ECR is reached, or the limit of ECR Public for anonymous pulls.",
    fix: "Start fewer tasks at once, or request a higher ECR quota. From ECR Public, copy the image to your own ECR or use a pull-through cache.",
    page: PAGES.pull,
  },
  {
    says: "`toomanyrequests`, `You have reached your pull rate limit`, `unexpected status code https://registry-1.docker.io...: 429`",
    pattern: /toomanyrequests(?!Exception)|pull rate limit|429 Too Many|docker\.(io|com)\S*: 4(29|\.\.\.|$)/i,
    ...RATE_LIMIT,
    page: PAGES.privateRegistry,
  },
  {
    says: "`ThrottlingException: Rate exceeded`",
    pattern:
      /Throttl|rate exceeded|TooManyRequestsException|RequestLimitExceeded|SlowDown|retry quota exceeded|failed to get rate limit token|LimitExceededException/i,
    whose: "aws",
    why: "Too many calls at once: the service throttled ECS (rate exceeded).",
    fix: "Start fewer tasks at once, or try again. For SSM parameters, enable higher throughput in Parameter Store; for other services, request a higher quota.",
    page: PAGES.events,
  },
  {
    says: "`InternalServiceError`, `503 Service Unavailable`",
    pattern:
      /InternalServiceError|InternalServerError|InternalFailure|ServiceUnavailable|50[0234] (Internal|Bad|Service|Gateway)|StatusCode: 50\d/i,
    whose: "aws",
    why: "AWS or the registry returned an internal error.",
    fix: "Try again. If the error persists, check the AWS Health Dashboard and the registry's status page.",
    page: PAGES.stopped,
  },
];

import { type Cause, type KnownReason, PAGES } from "../model/known-reason";
import { RUNBOOK } from "./network";
import { RATE_LIMIT } from "./throttling";

const PULLS: Cause = {
  whose: "executionRole",
  why: "The execution role is not allowed to pull from {repository}.",
  fix: "List the repository in imageRepositories.",
  field: "imageRepositories",
};

const IF_IN_ECR: Cause = {
  ...PULLS,
  why: "The image is in ECR, and the execution role, the repository policy or the policy of the S3 endpoint does not allow the pull.",
};

const OTHER_ACCOUNT: Cause = {
  whose: "otherPolicy",
  why: "If {repository} is in another account than the task, its repository policy does not allow the role, or no longer does.",
  fix: "Its owner must add the statement of the output repositoryPolicyStatement to the repository policy.",
};

const PULL_THROUGH_CACHE: Cause = {
  whose: "executionRole",
  why: "The image comes from a pull-through cache, and the execution role is not allowed to import it or create its repository.",
  fix: "List the repository in pullThroughCacheRepositories.",
  field: "pullThroughCacheRepositories",
};

const CREDENTIALS: Cause = {
  whose: "registry",
  why: "The registry requires a login, and the container definition has no credentials that it accepts.",
  fix: "Set repositoryCredentials to a secret with username and password, and list that secret in secrets.",
};

const DENIED_BY_ECR =
  /^(?=.*(\.dkr[.-]ecr|:repository\/)).*(\b403\b|Forbidden|denied|no basic auth|unauthorized|pulling from host|authorization failed|unexpected status)/i;

/** Before the network: a host that does not exist does not answer either. */
export const IMAGE_NAMES: readonly KnownReason[] = [
  {
    says: "`invalid reference format`, `Container.image contains invalid characters`",
    pattern:
      /invalid reference|normali[sz]e image reference|Container\.image|repository name must be lowercase|could not parse (image|reference)|image.* (contains invalid|should not be (null|empty))|<IMAGE\d*_NAME>|\.dkr[.-]ecr\.[\w-]+\.((?!amazonaws\.)amazon\w*\.|amazonaws\.com\w)/i,
    whose: "definition",
    why: "The image's name is malformed, for example because a variable was not replaced, because it has capital letters, or because its host is misspelled.",
    fix: "Correct image in the container definition: REGISTRY/NAME:TAG; the registry of ECR is ACCOUNT.dkr.ecr.REGION.amazonaws.com.",
    page: PAGES.pull,
  },
];

/** Images and registries. */
export const IMAGES: readonly KnownReason[] = [
  {
    says: "`aws-guardduty-agent-fargate` in the image",
    pattern: /aws-guardduty-agent/i,
    whose: "executionRole",
    why: "GuardDuty Runtime Monitoring adds its agent as a container, and the execution role is not allowed to pull the agent's image. The task itself runs without it.",
    fix: "Set guardDutyAgent: true in access.",
    field: "guardDutyAgent",
    page: PAGES.guardDuty,
  },
  {
    says: "`no space left on device`, `failed to extract layer ...: write /var...`, `Thin Pool has ... free data blocks`",
    pattern: /no space left on device|layer \S+ write \/|thin pool|disk quota exceeded/i,
    whose: "host",
    why: "The disk is full: the image and the container do not fit on it.",
    fix: "On Fargate, raise ephemeralStorage in the task definition. On EC2, remove images that are not used, or give the instance a larger volume.",
    page: PAGES.pull,
  },
  {
    says: "`does not contain descriptor matching platform`, `no matching manifest for linux/amd64`, `exec format error`",
    pattern:
      /descriptor matching platform|no matching manifest|no match for platform|exec format error|cannot be used on this platform|incompatible with a .*host|operating system does not match|image operating system|platform .* does not match|was found but does not match the specified platform/i,
    whose: "image",
    why: "The image is not built for the task's CPU architecture or operating system, for example because it was built on a Mac with Apple silicon (arm64) and the task runs on x86_64.",
    fix: "Build it for the task (`docker build --platform linux/amd64`, or a multi-platform image), or set runtimePlatform.cpuArchitecture to ARM64 in the task definition.",
    page: PAGES.architecture,
  },
  {
    says: "`starport-layer-bucket` ... `403 Forbidden`",
    pattern: /(starport-layer-bucket|REDACTED ECR URL).*(403|Forbidden|AccessDenied)/i,
    whose: "otherPolicy",
    why: "The policy of the S3 gateway endpoint does not allow the bucket in which ECR keeps the image's layers.",
    fix: "Allow s3:GetObject on arn:aws:s3:::prod-{region}-starport-layer-bucket/* in the endpoint's policy.",
    page: PAGES.s3Endpoint,
  },
  {
    says: "`ecr:BatchImportUpstreamImage`, `ecr:CreateRepository` are denied",
    pattern: /ecr:(BatchImportUpstreamImage|CreateRepository|TagResource)/i,
    ...PULL_THROUGH_CACHE,
    page: PAGES.pullThroughCache,
  },
  {
    says: "`UnableToGetUpstreamImageException`, `UnableToAccessSecretException`, `The authentication to the upstream registry failed`",
    pattern: /UnableTo(GetUpstream|AccessSecret|DecryptSecret)|pull[- ]through cache|upstream registry/i,
    whose: "registry",
    why: "The pull-through cache could not get the image: its credentials for the upstream registry are wrong or cannot be read, or the upstream image does not exist.",
    fix: "Check the secret ecr-pullthroughcache/... of the cache rule, and the upstream name of the image. The execution role does not read this secret.",
    page: PAGES.pullThroughCache,
  },
  {
    says: "`ecr:GetAuthorizationToken` is denied",
    pattern: /ecr:GetAuthorizationToken|ecr registry auth.*AccessDenied|registry auth.*Amazon ECR.*AccessDenied/i,
    whose: "executionRole",
    why: "The execution role is not allowed to log in to ECR.",
    fix: "List the image's repository in imageRepositories, which grants the login too. ecr:GetAuthorizationToken supports only the resource *.",
    field: "imageRepositories",
    page: PAGES.executionRole,
  },
  {
    says: "`ecr:BatchGetImage` is denied, in another account",
    pattern: /ecr:|\.dkr[.-]ecr.*(403|denied|unauthorized)/i,
    account: "other",
    whose: "otherPolicy",
    why: "{repository} is in another account. Its repository policy and the role must both allow the pull.",
    fix: "Its owner must add the statement of the output repositoryPolicyStatement to the repository policy.",
    page: PAGES.repositoryPolicy,
    others: [PULLS],
  },
  {
    says: "`ecr:BatchGetImage`, `ecr:GetDownloadUrlForLayer` or `ecr:BatchCheckLayerAvailability` is denied",
    pattern: /ecr:(BatchGetImage|GetDownloadUrlForLayer|BatchCheckLayerAvailability)/i,
    ...PULLS,
    page: PAGES.pull,
  },
  {
    says: "`repository does not exist`, `name unknown`, `RepositoryNotFoundException`, from ECR",
    pattern:
      /RepositoryNotFound|name unknown|(?<!within the )repository with name|repository \S*\.dkr[.-]ecr[^:\s]* not found/i,
    whose: "image",
    why: "The repository does not exist in this account and Region.",
    fix: "Create it and push the image, or correct the image's name, account and Region in the task definition.",
    page: PAGES.pull,
    others: [PULL_THROUGH_CACHE],
  },
  {
    says: "`:TAG@sha256:...` ... `not found`",
    pattern: /@sha256:[0-9a-f.]*.*(not found|manifest unknown|does not exist)/i,
    whose: "image",
    why: "The image with this digest no longer exists. ECS resolves a tag to a digest when a deployment starts; the tag has since been pushed again, and the old image was deleted, for example by a lifecycle policy.",
    fix: "Start a new deployment (`aws ecs update-service --force-new-deployment`), so that ECS resolves the tag again, or correct the digest in the task definition. Use a new tag for each build, and let the lifecycle policy keep the images in use.",
    page: PAGES.imageResolution,
  },
  {
    says: "`not found`, `manifest unknown`, from ECR",
    pattern:
      /\.dkr[.-]ecr.*(not found|manifest unknown|does not exist(?! or may))|image not found|ImageNotFoundException/i,
    whose: "image",
    why: "The repository has no image with this tag.",
    fix: "Push the image, or correct the tag in the task definition.",
    page: PAGES.pull,
    others: [PULL_THROUGH_CACHE],
  },
  {
    says: "`authorization token has expired`",
    pattern: /authorization token (has )?expired/i,
    whose: "host",
    why: "The login to ECR, which is valid for 12 hours, has expired, and the agent did not renew it.",
    fix: "Start the task again. On EC2, check the instance's clock and restart the container agent.",
    page: PAGES.pull,
  },
  {
    says: "`403 Forbidden`, `pull access denied`, from ECR in the task's account",
    pattern: DENIED_BY_ECR,
    account: "own",
    ...PULLS,
    page: PAGES.pull,
  },
  {
    says: "`:TAG@sha256:...` ... `403 Forbidden`, from ECR",
    pattern: /\.dkr[.-]ecr\S*:[^@\s]+@sha256.*(403|denied|unauthorized)/i,
    ...OTHER_ACCOUNT,
    why: "ECS resolved this tag to a digest, so an earlier task could pull the image. If {repository} is in another account than the task, its repository policy no longer allows this account.",
    page: PAGES.repositoryPolicy,
    others: [{ ...PULLS, why: "A statement was removed from the execution role." }],
  },
  {
    says: "`403 Forbidden`, `pull access denied`, `no basic auth credentials`, from ECR",
    pattern: DENIED_BY_ECR,
    ...PULLS,
    page: PAGES.pull,
    others: [OTHER_ACCOUNT],
  },
  {
    says: "`unauthorized: incorrect username or password`",
    pattern:
      /incorrect username or password|invalid (username|credentials)|bad credentials|wrong credentials|personal access token/i,
    whose: "secret",
    why: "The registry refused the user name or the password in the secret of repositoryCredentials.",
    fix: 'Correct the secret\'s value {"username": "...", "password": "..."}. Many registries require an access token as the password.',
    page: PAGES.privateRegistry,
  },
  {
    says: "`failed to fetch anonymous token`, `401 Unauthorized`, `authentication required`",
    pattern:
      /anonymous token|oauth token|failed to authorize|\b401\b|unauthorized(?!: authentication required)|no basic auth|403 Forbidden|pull command.*denied/i,
    ...CREDENTIALS,
    page: PAGES.privateRegistry,
    others: [
      {
        whose: "image",
        why: "The image's name is wrong: registries return the same error for a repository that does not exist.",
        fix: "Correct the image's name, including its registry.",
      },
      IF_IN_ECR,
    ],
  },
  {
    says: "`pull access denied ... repository does not exist or may require 'docker login'`, `requested access to the resource is denied`, `insufficient_scope`",
    pattern:
      /pull access denied|no pull access|requested access to the resource is denied|insufficient_scope|authentication required|authorization failed|\bdenied\b.*(CannotPull|docker)|CannotPull\w*: .*\bdenied\b/i,
    whose: "image",
    why: "The registry has no such image, or it is private. A name without a registry means Docker Hub, not ECR.",
    fix: "Correct the image's name; for ECR write ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG.",
    page: PAGES.privateRegistry,
    others: [CREDENTIALS],
  },
  {
    says: "`manifest for ... not found`, `manifest unknown`",
    pattern:
      /manifest .*(not found|unknown)|(CannotPull|failed to resolve ref|ref pull|reference|docker\.io|ghcr\.io|quay\.io).*(not found|404)/i,
    whose: "image",
    why: "The registry has no image with this tag.",
    fix: "Push the image, or correct its name and tag in the task definition.",
    page: PAGES.pull,
  },
  {
    says: "`number of layers and diffIDs don't match`, `failed to register layer`, `unsupported manifest media type`",
    pattern:
      /diffIDs|register layer|extract layer|media ?type|unexpected (commit digest|EOF)|invalid tar header|manifest (invalid|schema)|schema ?(version )?1|DEPRECATED|unpack image|failed commit on ref|size validation|layer.*(corrupt|invalid|does not exist)/i,
    whose: "image",
    why: "The image's manifest or one of its layers is damaged, or has a format that the container runtime does not support.",
    fix: "Build and push the image again with a current version of Docker (`--provenance=false` omits attestations).",
    page: PAGES.pull,
  },
  {
    says: "`unexpected status code https://registry-1.docker.io...` or `httpReadSeeker: failed open: unexpected status code`, truncated",
    pattern: /httpRead(er)?Seeker|unexpected status/i,
    ...RATE_LIMIT,
    page: PAGES.pull,
    others: [
      {
        whose: "image",
        why: "The image or its tag does not exist, or not for the platform of the task.",
        fix: "Check the image's name, its tag and its platforms.",
      },
      IF_IN_ECR,
    ],
  },
  {
    says: "`CannotPullContainerError`, without details",
    pattern:
      /CannotPull|pull image manifest|inspect image has been retried|ref pull has been retried|error pulling image|pull command failed|can[’']?t pull the image/i,
    whose: "image",
    why: "The image or its tag does not exist.",
    fix: "Check the image's name and tag in the task definition.",
    page: PAGES.pull,
    others: [
      IF_IN_ECR,
      {
        whose: "network",
        why: "The task cannot reach the registry.",
        fix: RUNBOOK,
      },
    ],
  },
];

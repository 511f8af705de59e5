import { explanationOf } from "../../cli/explain/explanation";
import { OTHER_CAUSES } from "../../cli/explain/other-causes";
import { STOPPED_REASONS } from "../../cli/explain/stopped-reasons";
import { NOTHING_NEEDED, PERMISSIONS } from "../../modules/ecs-task-execution-role/aws/permissions";

const denied = (action: string, resource: string) =>
  `User: arn:aws:sts::111122223333:assumed-role/orders/0123 is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

const INIT =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";
const REPOSITORY = "arn:aws:ecr:eu-west-1:111122223333:repository/orders";
const AGENT = "arn:aws:ecr:eu-west-1:694911143906:repository/aws-guardduty-agent-fargate";

/** Stopped reasons of Amazon ECS, in the order of the table. */
const REASONS: readonly [string, string][] = [
  [`${INIT} unable to get registry auth from asm: ${denied("ecr:GetAuthorizationToken", "*")}`, "imageRepositories"],
  [
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): ${denied("ecr:BatchGetImage", REPOSITORY)}`,
    "that repository in imageRepositories",
  ],
  [
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): ${denied("ecr:BatchGetImage", AGENT)}`,
    "guardDutyAgent: true",
  ],
  [
    "CannotPullContainerError: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/nginx:1: not found",
    "pullThroughCacheRepositories",
  ],
  [
    `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${denied("logs:CreateLogStream", "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders:log-stream:ecs/app/1")}`,
    "logGroups",
  ],
  [
    `ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log group: ${denied("logs:CreateLogGroup", "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders:log-stream:")}`,
    "createLogGroups: true",
  ],
  [
    `${INIT} unable to retrieve secret from asm: ${denied("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf")}`,
    "Set in access: secrets\n",
  ],
  [
    `${INIT} unable to retrieve secrets from ssm: ${denied("ssm:GetParameters", "arn:aws:ssm:eu-west-1:111122223333:parameter/flags")}`,
    "parameters",
  ],
  [`${INIT} unable to retrieve secret from asm: AccessDeniedException: Access to KMS is not allowed`, "decryptionKeys"],
  [
    "ResourceInitializationError: failed to download env files: file download command: non empty error stream",
    "environmentFiles",
  ],
  [
    "ResourceInitializationError: failed to download env files: AccessDenied: Access Denied status code: 403",
    "bucketOwners",
  ],
  [denied("fsx:DescribeFileSystems", "*"), "fsxFileSystems"],
  ["ResourceInitializationError: unable to fetch credspec from s3: AccessDenied", "credentialSpecs"],
  [
    "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/orders' that was provided for this task.",
    "Use roleArn",
  ],
];

describe("explain", () => {
  test("has an example for every row of the table", () => {
    const rows = REASONS.map(([reason]) => STOPPED_REASONS.findIndex(({ pattern }) => pattern.test(reason)));
    expect(rows).toEqual(STOPPED_REASONS.map((_, at) => at));
  });

  test.each(REASONS)("names what to set: %s", (reason, set) => {
    expect(explanationOf(reason)).toContain(set);
  });

  test("names the denied call", () => {
    expect(explanationOf(`CannotPullContainerError: ${denied("ecr:BatchGetImage", REPOSITORY)}`)).toBe(
      [
        `Denied: ecr:BatchGetImage on ${REPOSITORY} for role orders`,
        "Set in access: that repository in imageRepositories",
        `  Terraform:  access = { image_repositories = ["${REPOSITORY}"] }`,
        `  TypeScript: access: { imageRepositories: ["${REPOSITORY}"] }`,
        "If access contains container definitions, correct them instead.",
        "For a role that was not created by this module, add this statement to one of its policies:",
        `  {"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"${REPOSITORY}"}`,
      ].join("\n"),
    );
  });

  test("keeps kms:ViaService in the statement for a key, which container definitions do not show", () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:key/1a2b";
    const lines = explanationOf(`${INIT} ${denied("kms:Decrypt", key)}`)?.split("\n") ?? [];
    expect(lines).toContain(`  Terraform:  access = { decryption_keys = ["${key}"] }`);
    expect(lines).toContain(
      "If access contains container definitions, add this field next to them: they do not show it.",
    );
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: key,
      Condition: { StringLike: { "kms:ViaService": ["secretsmanager.*", "ssm.*", "s3.*"] } },
    });
  });

  const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
  const because = (end: string) => denied("secretsmanager:GetSecretValue", secret).replace(/because .*$/, end);

  /** Stopped reasons that the role's own policies do not cause, in the order of the table. */
  const OTHERS: readonly string[] = [
    because("with an explicit deny in a service control policy"),
    because("because no permissions boundary allows the secretsmanager:GetSecretValue action"),
    because("because no VPC endpoint policy allows the secretsmanager:GetSecretValue action"),
    because("because no resource-based policy allows the secretsmanager:GetSecretValue action"),
    because("with an explicit deny in an identity-based policy"),
    "ResourceInitializationError: failed to download env files: dial tcp 52.216.1.1:443: i/o timeout",
    "ResourceInitializationError: failed to validate logger args: ResourceNotFoundException: The specified log group does not exist.",
    `${INIT} unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    `${INIT} unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key url`,
    "ResourceInitializationError: failed to download env files: NoSuchKey: The specified key does not exist.",
    "CannotPullContainerError: ref pull has been retried: prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com: 403 Forbidden",
    "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit.",
    "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
  ];

  test("has an example for every other cause, and does not report a missing permission for it", () => {
    const rows = OTHERS.map((reason) => OTHER_CAUSES.findIndex(({ pattern }) => pattern.test(reason)));
    expect(rows).toEqual(OTHER_CAUSES.map((_, at) => at));
    expect(OTHERS.filter((reason) => explanationOf(reason)?.includes("Set in access"))).toEqual([]);
  });

  test("does not explain a 403 from a registry other than ECR", () => {
    expect(explanationOf("CannotPullContainerError: ghcr.io/team/orders:v1: 403 Forbidden")).toBeUndefined();
  });

  test("explains every call that Amazon ECS makes with the execution role", () => {
    const actions = PERMISSIONS.flatMap((one) => one.actions);
    expect(actions.filter((action) => !explanationOf(denied(action, "x"))?.includes("Set in access: "))).toEqual([]);
    expect(actions).not.toContain(NOTHING_NEEDED.actions[0]);
  });

  test.each(["Essential container in task exited", denied("s3:PutObject", "x")])(
    "returns undefined for an unknown reason: %s",
    (reason) => {
      expect(explanationOf(reason)).toBeUndefined();
    },
  );
});

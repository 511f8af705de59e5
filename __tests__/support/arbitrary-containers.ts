import fc from "fast-check";

const account = fc.constantFrom("111122223333", "000011112222");
const region = fc.constantFrom("us-east-1", "eu-south-2", "cn-north-1");
const name = fc.constantFrom("db", "orders/db", "db-AbCdEf", "rds!db-1a", ".env", "a_b", "/flags", "//x/y", "APP.name");
const junk = fc.constantFrom<unknown>(
  "",
  " ",
  "My App",
  "s3://b/k",
  "arn:aws:s3:::b",
  "arn:",
  "a:b:c:d",
  null,
  ["x"],
  {},
);

const image = fc.oneof(
  fc.constantFrom(
    "nginx",
    "library/nginx:1.27",
    `ghcr.io/o/r@sha256:${"0123456789abcdef".repeat(4)}`,
    "127.0.0.1:5000/a/b:t",
    "UPPER",
  ),
  fc
    .tuple(
      account,
      region,
      fc.constantFrom("dkr.ecr", "dkr.ecr-fips", "dkr-ecr", "dkr-ecr-fips"),
      fc.constantFrom("amazonaws.com", "amazonaws.com.cn", "on.aws", "amazonaws.com.evil.org"),
      fc.constantFrom("app", "team/app", "a_b/c.d", ""),
      fc.constantFrom("", ":v1", `@sha256:${"0123456789abcdef".repeat(4)}`, ":v1@sha256:0123456789abcdef"),
    )
    .map(([a, r, host, suffix, repository, tag]) => `${a}.${host}.${r}.${suffix}/${repository}${tag}`),
);
const secretArn = fc
  .tuple(region, account, name, fc.constantFrom("", ":key::", ":key:STAGE:", ":::id"))
  .map(([r, a, n, rest]) => `arn:aws:secretsmanager:${r}:${a}:secret:${n}${rest}`);
const parameterArn = fc.tuple(region, account, name).map(([r, a, n]) => `arn:aws:ssm:${r}:${a}:parameter/${n}`);
const object = fc.tuple(name, name).map(([bucket, key]) => `arn:aws:s3:::${bucket}/${key}`);
const valueFrom = fc.oneof(secretArn, parameterArn, name);
const file = fc.oneof(object, object);
const spec = fc
  .tuple(
    fc.constantFrom("credentialspec:", "credentialspecdomainless:", "", "domainless:"),
    fc.oneof(object, parameterArn, fc.constant("file://x.json")),
  )
  .map(([prefix, arn]) => prefix + arn);

/** Mostly the given value, sometimes an invalid one. */
const mostly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: value as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: junk });
const listOf = (item: fc.Arbitrary<unknown>) => mostly(fc.array(item, { maxLength: 3 }));
const named = (field: string, value: fc.Arbitrary<unknown>) =>
  mostly(
    fc.record(
      { name: fc.constant("A"), type: fc.constantFrom("s3", "s3", "efs"), [field]: mostly(value) },
      { requiredKeys: ["name"] },
    ),
  );

const logOptions = fc.record(
  {
    "awslogs-group": mostly(fc.constantFrom("/ecs/a", "b#c", "bad group")),
    "awslogs-region": mostly(fc.oneof(region, fc.constantFrom("Frankfurt", "eu"))),
    "awslogs-create-group": fc.constantFrom<unknown>("true", "True", "false", "yes", true, null),
  },
  { requiredKeys: [] },
);

/** A realistic container definition, valid or invalid. */
export const arbitraryContainer: fc.Arbitrary<object> = fc.record(
  {
    name: fc.constantFrom("app", "sidecar"),
    image: mostly(image),
    repositoryCredentials: mostly(fc.record({ credentialsParameter: mostly(fc.oneof(secretArn, name)) })),
    secrets: listOf(named("valueFrom", valueFrom)),
    logConfiguration: mostly(
      fc.record(
        {
          logDriver: fc.constantFrom<unknown>("awslogs", "awsfirelens", "splunk", ["awslogs"], 1),
          options: mostly(logOptions),
          secretOptions: listOf(named("valueFrom", valueFrom)),
        },
        { requiredKeys: [] },
      ),
    ),
    environmentFiles: listOf(named("value", file)),
    firelensConfiguration: mostly(
      fc.record(
        {
          options: mostly(
            fc.record(
              { "config-file-type": fc.constantFrom("s3", "file", "http"), "config-file-value": mostly(file) },
              { requiredKeys: [] },
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    credentialSpecs: listOf(mostly(spec)),
    dockerSecurityOptions: listOf(fc.oneof(spec, fc.constantFrom("no-new-privileges", "label:x"))),
    cpu: fc.constant(10),
  },
  { requiredKeys: ["name", "image"] },
);

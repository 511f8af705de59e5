import { App, Fn, TerraformStack, TerraformVariable, Token } from "cdktf";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";

type Props = EcsTaskExecutionRoleProps;

const create = (props: Props) => () =>
  new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "execution", props);

const policies = (number: number) =>
  Object.fromEntries(Array.from({ length: number }, (_, i) => [`p${i}`, `arn:aws:iam::111122223333:policy/p${i}`]));

const NAME = "must be 1 to 64 characters from A-Z a-z 0-9 _ + = , . @ -.";
const NAME_FIX = "Fix: shorten it and replace other characters, or omit it to let Terraform generate a unique name.";
const PATH =
  'must be "/" or 3 to 512 characters without spaces that begin and end with "/". Fix: use a path such as "/ecs/orders/".';
const SESSION =
  "must be a whole number of seconds from 3600 to 43200 (1 to 12 hours). Fix: set the number of seconds, such as 7200 for 2 hours.";
const BOUNDARY =
  'must be the ARN of an IAM policy. Fix: write "arn:PARTITION:iam::ACCOUNT:policy/NAME", with your 12-digit account ID.';
const POLICY =
  'must be the name of an AWS managed policy with its path, or the ARN of a policy. Fix: write "service-role/NAME" or "NAME" (no leading slash) for an AWS managed policy, "arn:PARTITION:iam::ACCOUNT:policy/NAME" for your own.';
const POLICY_KEY =
  "must have a key of 1 to 128 characters from A-Z a-z 0-9 _ + = , . @ -. Fix: use the policy's name as its key.";
const EXECUTION_POLICY_PATH =
  'must specify AmazonECSTaskExecutionRolePolicy with the correct path. Fix: write "service-role/AmazonECSTaskExecutionRolePolicy".';
const SECRETS_POLICY_PATH =
  'must specify SecretsManagerReadWrite with the correct path. Fix: write "SecretsManagerReadWrite".';
const PREFIX =
  "must be 1 to 38 characters from A-Z a-z 0-9 _ + = , . @ - (Terraform appends 26). Fix: shorten it and replace other characters.";
const DESCRIPTION =
  "must be at most 1000 Latin-1 characters. Fix: shorten it, and replace typographic quotes and dashes with plain ones (\" ' -).";
const ONCE =
  "must list each policy only once. Fix: remove one of the two keys: destroying one attachment would detach the policy for both.";
const KNOWN_KEYS =
  "must have keys that are known at synth, because each key is part of a resource address. Fix: write a map with literal keys; its values may be unknown.";
const TAG_KEY =
  "must have a key of 1 to 128 letters, digits, spaces and _ . : / = + - @. Fix: shorten the key and replace other characters.";
const TAG_VALUE =
  "must have a value of at most 256 letters, digits, spaces and _ . : / = + - @. Fix: shorten the value and replace other characters.";
const TAG_RESERVED =
  'must not have a key that begins with "aws:", which is reserved for AWS. Fix: choose another prefix for the key.';
const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

const REFUSED: [props: unknown, violation: string][] = [
  [{ roleName: "my role" }, `roleName: got "my role" (7 characters); ${NAME} ${NAME_FIX}`],
  [{ roleName: "" }, `roleName: got "" (0 characters); ${NAME} ${NAME_FIX}`],
  [{ roleName: "ecs/role" }, `roleName: got "ecs/role" (8 characters); ${NAME} ${NAME_FIX}`],
  [{ roleName: "rôle" }, `roleName: got "rôle" (4 characters); ${NAME} ${NAME_FIX}`],
  [{ roleName: "x\n" }, `roleName: got "x\\n" (2 characters); ${NAME} ${NAME_FIX}`],
  [{ roleName: "x".repeat(65) }, `roleName: got "${"x".repeat(65)}" (65 characters); ${NAME} ${NAME_FIX}`],
  [{ roleName: 7 }, `roleName: got 7; ${NAME} ${NAME_FIX}`],
  [{ roleName: null }, `roleName: got null; ${NAME} ${NAME_FIX}`],
  [
    { roleNamePrefix: "x".repeat(39) },
    `roleNamePrefix: got "${"x".repeat(39)}" (39 characters); must be 1 to 38 characters from A-Z a-z 0-9 _ + = , . @ - (Terraform appends 26). Fix: shorten it and replace other characters.`,
  ],
  [
    { roleName: "orders", roleNamePrefix: "orders-" },
    'roleName: got "orders" (6 characters); must not be set together with a role name prefix. Fix: set either the name or the prefix, not both.',
  ],
  [{ path: "ecs" }, `path: got "ecs" (3 characters); ${PATH}`],
  [{ path: "/ecs" }, `path: got "/ecs" (4 characters); ${PATH}`],
  [{ path: "" }, `path: got "" (0 characters); ${PATH}`],
  [{ path: "//" }, `path: got "//" (2 characters); ${PATH}`],
  [{ path: "/a b/" }, `path: got "/a b/" (5 characters); ${PATH}`],
  [{ path: `/${"x".repeat(511)}/` }, `path: got "/${"x".repeat(158)}... (513 characters); ${PATH}`],
  [
    { description: "ECS’ role" },
    `description: got "ECS’ role" (9 characters); must be at most 1000 Latin-1 characters. Fix: shorten it, and replace typographic quotes and dashes with plain ones (" ' -).`,
  ],
  [
    { description: "x".repeat(1001) },
    `description: got "${"x".repeat(159)}... (1001 characters); must be at most 1000 Latin-1 characters. Fix: shorten it, and replace typographic quotes and dashes with plain ones (" ' -).`,
  ],
  [
    { exclusive: "yes" },
    'exclusive: got "yes" (3 characters); must be true or false, and known at synth. Fix: write true or false.',
  ],
  [{ maxSessionDuration: 3599 }, `maxSessionDuration: got 3599; ${SESSION}`],
  [{ maxSessionDuration: 43201 }, `maxSessionDuration: got 43201; ${SESSION}`],
  [{ maxSessionDuration: 3600.5 }, `maxSessionDuration: got 3600.5; ${SESSION}`],
  [{ maxSessionDuration: "3600" }, `maxSessionDuration: got "3600" (4 characters); ${SESSION}`],
  [{ permissionsBoundary: "boundary" }, `permissionsBoundary: got "boundary" (8 characters); ${BOUNDARY}`],
  [
    { permissionsBoundary: "arn:aws:iam::111122223333:role/x" },
    `permissionsBoundary: got "arn:aws:iam::111122223333:role/x" (32 characters); ${BOUNDARY}`,
  ],
  [
    { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])) },
    "tags: got 51; must be at most 50. Fix: remove some; the provider's default_tags count too.",
  ],
  [{ tags: { "": "v" } }, `tags: got "" (0 characters); ${TAG_KEY}`],
  [{ tags: { "a#b": "v" } }, `tags: got "a#b" (3 characters); ${TAG_KEY}`],
  [{ tags: { ["k".repeat(129)]: "v" } }, `tags: got "${"k".repeat(129)}" (129 characters); ${TAG_KEY}`],
  [{ tags: { "AWS:x": "v" } }, `tags: got "AWS:x" (5 characters); ${TAG_RESERVED}`],
  [{ tags: { team: "a;b" } }, `tags["team"]: got "a;b" (3 characters); ${TAG_VALUE}`],
  [{ tags: { team: "v".repeat(257) } }, `tags["team"]: got "${"v".repeat(159)}... (257 characters); ${TAG_VALUE}`],
  [{ tags: { team: 7 } }, `tags["team"]: got 7; ${TAG_VALUE}`],
  [
    { managedPolicies: Token.asStringMap(Fn.merge([{ a: "b" }])) },
    `managedPolicies: got keys that are not known yet; ${KNOWN_KEYS}`,
  ],
  [
    { managedPolicies: { [Fn.lower("A")]: "SecretsManagerReadWrite" } },
    `managedPolicies: got keys that are not known yet; ${KNOWN_KEYS}`,
  ],
  [{ managedPolicies: { "a/b": arn("ReadOnlyAccess") } }, `managedPolicies: got "a/b" (3 characters); ${POLICY_KEY}`],
  [
    { managedPolicies: { a: "/service-role/X" } },
    `managedPolicies["a"]: got "/service-role/X" (15 characters); ${POLICY}`,
  ],
  [
    { managedPolicies: { a: "arn:aws:iam::111122223333:role/x" } },
    `managedPolicies["a"]: got "arn:aws:iam::111122223333:role/x" (32 characters); ${POLICY}`,
  ],
  [
    { managedPolicies: { a: "arn:aws:iam::1111:policy/x" } },
    `managedPolicies["a"]: got "arn:aws:iam::1111:policy/x" (26 characters); ${POLICY}`,
  ],
  [{ managedPolicies: { a: "" } }, `managedPolicies["a"]: got "" (0 characters); ${POLICY}`],
  [{ managedPolicies: { a: undefined } }, `managedPolicies["a"]: got undefined; ${POLICY}`],
  [
    { managedPolicies: { a: "AmazonECSTaskExecutionRolePolicy" } },
    `managedPolicies["a"]: got "AmazonECSTaskExecutionRolePolicy" (32 characters); ${EXECUTION_POLICY_PATH}`,
  ],
  [
    { managedPolicies: { a: arn("AmazonECSTaskExecutionRolePolicy") } },
    `managedPolicies["a"]: got "${arn("AmazonECSTaskExecutionRolePolicy")}" (56 characters); ${EXECUTION_POLICY_PATH}`,
  ],
  [
    { managedPolicies: { a: "service-role/SecretsManagerReadWrite" } },
    `managedPolicies["a"]: got "service-role/SecretsManagerReadWrite" (36 characters); ${SECRETS_POLICY_PATH}`,
  ],
  [
    { managedPolicies: { a: "SecretsManagerReadWrite", b: arn("SecretsManagerReadWrite") } },
    `managedPolicies["b"]: got "${arn("SecretsManagerReadWrite")}" (47 characters); ${ONCE}`,
  ],
  [
    { tags: { Team: "a", team: "b" } },
    'tags: got "team" (4 characters); must not differ from another key only in case: IAM tag keys are case-insensitive. Fix: keep one of the two.',
  ],
  [{ tags: ["a"] }, 'tags: got ["a"]; must be a map. Fix: write it as { key: value }.'],
  [{ tags: null }, "tags: got null; must be a map. Fix: write it as { key: value }."],
  [{ managedPolicies: "x" }, 'managedPolicies: got "x" (1 character); must be a map. Fix: write it as { key: value }.'],
  [{ maxSessionDuration: Number.NaN }, `maxSessionDuration: got NaN; ${SESSION}`],
  [{ roleNamePrefix: "" }, `roleNamePrefix: got "" (0 characters); ${PREFIX}`],
  [{ roleNamePrefix: "a b" }, `roleNamePrefix: got "a b" (3 characters); ${PREFIX}`],
  [{ path: "/é/" }, `path: got "/é/" (3 characters); ${PATH}`],
  [{ description: "\u007f" }, `description: got "\u007f" (1 character); ${DESCRIPTION}`],
  [
    { permissionsBoundary: "x arn:aws:iam::aws:policy/x" },
    `permissionsBoundary: got "x arn:aws:iam::aws:policy/x" (27 characters); ${BOUNDARY}`,
  ],
  [
    { permissionsBoundary: "arn:aws:iam::aws:policy/x y" },
    `permissionsBoundary: got "arn:aws:iam::aws:policy/x y" (27 characters); ${BOUNDARY}`,
  ],
  [
    { permissionsBoundary: arn("x".repeat(129)) },
    `permissionsBoundary: got "${arn("x".repeat(129))}" (153 characters); ${BOUNDARY}`,
  ],
  [{ managedPolicies: { "": arn("x") } }, `managedPolicies: got "" (0 characters); ${POLICY_KEY}`],
  [{ managedPolicies: { "a b": arn("x") } }, `managedPolicies: got "a b" (3 characters); ${POLICY_KEY}`],
  [
    { managedPolicies: { ["k".repeat(129)]: arn("x") } },
    `managedPolicies: got "${"k".repeat(129)}" (129 characters); ${POLICY_KEY}`,
  ],
  [
    { managedPolicies: { access: arn("x") } },
    'managedPolicies: got "access" (6 characters); must not use the key "access", which is reserved for the access policy. Fix: choose another key.',
  ],
  ...["AmazonEC2ContainerRegistryReadOnly", "CloudWatchLogsFullAccess"].map((name): [unknown, string] => [
    { managedPolicies: { a: `arn:aws-cn:iam::aws:policy/service-role/${name}` } },
    `managedPolicies["a"]: got "arn:aws-cn:iam::aws:policy/service-role/${name}" (${40 + name.length} characters); must specify ${name} with the correct path. Fix: write "${name}".`,
  ]),
  [
    { managedPolicies: { a: "a/b/SecretsManagerReadWrite" } },
    `managedPolicies["a"]: got "a/b/SecretsManagerReadWrite" (27 characters); ${SECRETS_POLICY_PATH}`,
  ],
  [
    { managedPolicies: { a: "X", b: "arn:aws-cn:iam::aws:policy/X" } },
    `managedPolicies["b"]: got "arn:aws-cn:iam::aws:policy/X" (28 characters); ${ONCE}`,
  ],
  [
    { managedPolicies: policies(21) },
    "managedPolicies: got 21; must be at most 20, the maximum that AWS allows per role. Fix: merge several policies into one customer managed policy.",
  ],
];

const ACCEPTED: [what: string, props: Props][] = [
  ["no props", {}],
  ["the shortest role name", { roleName: "x" }],
  ["the longest role name", { roleName: "x".repeat(64) }],
  ["every character of a role name", { roleName: "aZ09_+=,.@-" }],
  ["the longest role name prefix", { roleNamePrefix: "x".repeat(38) }],
  ["the root path", { path: "/" }],
  ["a path", { path: "/ecs/orders/" }],
  ["the longest path", { path: `/${"x".repeat(510)}/` }],
  ["an empty description", { description: "" }],
  ["the longest description", { description: "é".repeat(1000) }],
  ["line breaks and tabs in a description", { description: "a\tb\nc" }],
  ["the shortest session", { maxSessionDuration: 3600 }],
  ["the longest session", { maxSessionDuration: 43200 }],
  ["a boundary in another partition", { permissionsBoundary: "arn:aws-us-gov:iam::111122223333:policy/a/b" }],
  ["an AWS managed policy as the boundary", { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" }],
  ["50 tags", { tags: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, ""])) }],
  ["letters of any language in tags", { tags: { "équipe:größe/1": "名前 = +-@" } }],
  ["20 policies", { managedPolicies: policies(20) }],
  [
    "a customer managed policy with the name of an AWS managed policy",
    { managedPolicies: { a: "arn:aws:iam::111122223333:policy/SecretsManagerReadWrite" } },
  ],
  [
    "a known AWS managed policy by its ARN",
    { managedPolicies: { a: arn("service-role/AmazonECSTaskExecutionRolePolicy") } },
  ],
  ["an unknown AWS managed policy", { managedPolicies: { a: "job-function/Some.Policy" } }],
  ["the longest tag keys and values", { tags: { ["k".repeat(128)]: "v".repeat(256), "is-aws:x": "" } }],
  ["a carriage return in a description", { description: "a\r\n" }],
  ["the longest boundary name", { permissionsBoundary: arn("x".repeat(128)) }],
  ["every character of a policy key", { managedPolicies: { "aZ09_+=,.@-": arn("x"), ["k".repeat(128)]: arn("y") } }],
  [
    "a known AWS managed policy in the China partition",
    { managedPolicies: { a: "arn:aws-cn:iam::aws:policy/SecretsManagerReadWrite" } },
  ],
  [
    "a customer managed policy and an AWS managed policy with the same name",
    { managedPolicies: { a: "arn:aws:iam::111122223333:policy/X", b: "X" } },
  ],
  ["no policies", { managedPolicies: {} }],
];

describe("the rules", () => {
  test.each(REFUSED)("reject %j", (props, violation) => {
    expect(create(props as Props)).toThrow(
      new Error(
        `EcsTaskExecutionRole "stack/execution" has invalid input; nothing was added to the stack:\n  - ${violation}`,
      ),
    );
  });

  test.each(ACCEPTED)("accept %s", (_, props) => {
    expect(create(props)).not.toThrow();
  });

  test("accept values that are not known at synth", () => {
    const stack = new TerraformStack(new App(), "stack");
    const unknown = new TerraformVariable(stack, "unknown", {});
    const props: Props = {
      roleName: unknown.stringValue,
      path: `/${unknown.stringValue} /`,
      description: "${var.by_hand}’",
      maxSessionDuration: unknown.numberValue,
      permissionsBoundary: unknown.stringValue,
      tags: { team: unknown.stringValue, [unknown.stringValue]: "v" },
      managedPolicies: { a: unknown.stringValue, b: unknown.stringValue, c: "${var.by_hand}" },
    };
    expect(create(props)).not.toThrow();
    expect(create({ roleName: unknown.stringValue, roleNamePrefix: "orders-" })).not.toThrow();
    expect(create({ roleName: "orders", roleNamePrefix: unknown.stringValue })).not.toThrow();
    expect(create({ tags: Token.asStringMap(unknown.value) })).not.toThrow();
  });

  test("report all violations of a role in one error", () => {
    const violations = () => create({ roleName: "a b", path: "ecs", maxSessionDuration: 1, tags: { "aws:x": ";" } })();
    expect(violations).toThrow(/roleName.+path.+maxSessionDuration.+tags: got "aws:x".+tags\["aws:x"\]: got ";"/s);
  });
});

import { checkRole } from "../../cli/findings/check-role";
import { isOnlyFargate } from "../../cli/needs/task";
import type { StatementJson } from "../../cli/policy-json";
import { CONTAINER, NO_KEYS, roleWith, SECRET, statementsFor, taskOf, trusting } from "../support/roles";

const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });
const KEY = "arn:aws:kms:us-east-1:111122223333:key/k";
const PARAMETER = "arn:aws:ssm:us-east-1:111122223333:parameter/flags";

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

const when = (action: string, Condition: Condition): StatementJson => ({
  Effect: "Allow",
  Action: action,
  Resource: "*",
  Condition,
});

/** The verdict on the calls with an action, if only this condition allows them. */
async function verdict(
  action: string,
  condition: Condition,
  { container = CONTAINER as object, keys = NO_KEYS, isFargate = false, tags = {} } = {},
): Promise<string> {
  const statements = [...EXACT.filter(({ Action }) => ![Action].flat().includes(action)), when(action, condition)];
  const task = { ...taskOf([container]), isFargate };
  const { calls } = await checkRole(roleWith(statements, { tags }), [task], keys);
  const found = calls.filter((one) => one.action === action);
  expect(found.length).toBeGreaterThan(0);
  const [first] = found.map(({ allowed, onlyWith }) => (allowed ? (onlyWith ?? "ok") : "denied"));
  return first ?? "";
}

/** Every call has the keys, or lacks them, as AWS's page on global condition keys says. */
test.each<[Condition, string]>([
  [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, "ok"],
  [{ Null: { "aws:MultiFactorAuthAge": "false" } }, "denied"],
  [{ StringLike: { "aws:userid": "AROA*" } }, "ok"],
  [{ StringLike: { "aws:userid": "AIDA*" } }, "denied"],
  [{ StringLike: { "aws:userid": "AROA1*" } }, "aws:userid like AROA1*"],
  [{ StringEquals: { "aws:PrincipalType": "AssumedRole" } }, "ok"],
  [{ StringEquals: { "aws:principaltag/TEAM": "payments" } }, "ok"],
  [{ StringEquals: { "aws:PrincipalTag/home": "payments" } }, "denied"],
  [{ Null: { "aws:UserAgent": "false" } }, "ok"],
  [{ Null: { "aws:SourceIp": "true", "aws:SourceVpce": "true" } }, "denied"],
  [{ Null: { "aws:SourceVpc": "false", "aws:SourceVpce": "true" } }, "denied"],
  [{ Null: { "aws:VpceAccount": "false", "aws:SourceIp": "false" } }, "denied"],
  [{ Null: { "aws:VpceAccount": "false" } }, "aws:VpceAccount"],
  [{ StringEquals: { "aws:SomethingNew": "x" } }, "aws:SomethingNew x"],
  [{ StringEquals: { "s3:prefix": "x" } }, "denied"],
  [{ StringEquals: { "ec2:SourceInstanceArn": "x" } }, "denied"],
  [{ StringEquals: { "secretsmanager:resource/Type": "x" } }, "secretsmanager:resource/Type x"],
  [{ StringEquals: { "secretsmanager:ResourceTag/a": "x" }, StringNotEquals: { "aws:ResourceTag/a": "x" } }, "denied"],
  [{ StringEquals: { "aws:ResourceOrgID": "o-1" }, StringNotEquals: { "aws:PrincipalOrgID": "o-1" } }, "denied"],
  [{ ArnEquals: { "secretsmanager:SecretId": SECRET } }, "ok"],
  [{ Null: { "secretsmanager:VersionStage": "true", "secretsmanager:VersionId": "true" } }, "ok"],
])("a call to read a secret with the condition %j: %s", async (condition, expected) => {
  const tags = { Team: "payments" };
  expect(await verdict("secretsmanager:GetSecretValue", condition, { tags })).toBe(expected);
});

test("a role of a plan can have tags that are not known until apply", async () => {
  const Condition = { StringEquals: { "aws:PrincipalTag/team": "payments", "aws:PrincipalTag/home": "a" } };
  const role = roleWith([when("secretsmanager:GetSecretValue", Condition)], { tags: { home: "a" }, hasMoreTags: true });
  const { calls } = await checkRole(role, [taskOf([CONTAINER])], NO_KEYS);
  const call = calls.find(({ action }) => action === "secretsmanager:GetSecretValue");
  expect([call?.allowed, call?.onlyWith]).toEqual([true, "aws:PrincipalTag/team payments"]);
});

test("a call to read a secret has the stage and the version of valueFrom", async () => {
  const container = { ...CONTAINER, secrets: [{ name: "A", valueFrom: `${SECRET}:json:AWSPREVIOUS:v1` }] };
  const condition = {
    StringEquals: { "secretsmanager:VersionStage": "AWSPREVIOUS", "secretsmanager:VersionId": "v1" },
  };
  expect(await verdict("secretsmanager:GetSecretValue", condition, { container })).toBe("ok");
});

test.each([
  ["${aws:ResourceTag/name}-AbCdEf", { StringEquals: { "aws:ResourceTag/name": "db" } }, "denied"],
  ["${aws:ResourceTag/name}-AbCdEf", { StringEquals: { "aws:ResourceTag/name": "other" } }, "aws:ResourceTag/name db"],
  [
    "${aws:ResourceTag/name}-??????",
    { StringLike: { "aws:username": "*" } },
    `the ARN ${SECRET.replace("db-AbCdEf", "${aws:ResourceTag/name}-??????")}`,
  ],
  ["${aws:ResourceTag/name, 'db'}-??????", { Null: { "aws:ResourceTag/name": "false" } }, "no aws:ResourceTag/name"],
])("a secret whose name is in an unknown variable: %s, but not if %j: %s", async (name, Condition, expected) => {
  const Resource = SECRET.replace("db-AbCdEf", name);
  const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource };
  const role = roleWith([
    ...EXACT.filter(({ Sid }) => Sid !== "ReadSecrets"),
    read,
    { ...read, Effect: "Deny", Resource: "*", Condition },
  ]);
  const { calls } = await checkRole(role, [taskOf([CONTAINER])], NO_KEYS);
  const call = calls.find(({ action }) => action === "secretsmanager:GetSecretValue");
  expect(call?.allowed ? call.onlyWith : "denied").toBe(expected);
});

test.each<[Condition, string, string?]>([
  [{ StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } }, "ok"],
  [{ StringEquals: { "kms:EncryptionContext:SecretARN": SECRET } }, "ok"],
  [{ StringEquals: { "kms:encryptioncontext:secretarn": SECRET } }, "ok"],
  [{ Null: { "kms:EncryptionContext:SecretVersionId": "false" } }, "ok"],
  [{ StringEquals: { "kms:EncryptionContext:SecretVersionId": "v" } }, "kms:EncryptionContext:SecretVersionId v"],
  [{ Null: { "kms:EncryptionContext:Other": "false" } }, "denied"],
  [{ "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["SecretARN"] } }, "denied"],
  [{ StringEquals: { "kms:KeySpec": "SYMMETRIC_DEFAULT", "kms:CallerAccount": "111122223333" } }, "ok"],
  [{ "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/a" } }, "kms:ResourceAliases alias/a"],
  [{ Bool: { "aws:ViaAWSService": "true" } }, "ok"],
  [{ "ForAnyValue:StringEquals": { "aws:CalledVia": "secretsmanager.amazonaws.com" } }, "aws:CalledVia"],
  [{ "ForAnyValue:StringEquals": { "aws:CalledVia": "ssm.amazonaws.com" } }, "denied"],
  [{ Null: { "aws:SourceVpce": "false" } }, "denied"],
  [{ Null: { "aws:SourceIp": "false" } }, "aws:SourceIp"],
  [{ StringEquals: { "kms:EncryptionContext:PARAMETER_ARN": PARAMETER } }, "ok", PARAMETER],
  [{ "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["PARAMETER_ARN"] } }, "ok", PARAMETER],
  [{ StringLike: { "kms:ViaService": "ssm.*" } }, "ok", PARAMETER],
])("a decryption with the condition %j: %s", async (condition, expected, ...[valueFrom = SECRET]) => {
  const container = { ...CONTAINER, secrets: [{ name: "A", valueFrom }] };
  const keys = async () => ({ exists: true, keyArn: KEY });
  expect(await verdict("kms:Decrypt", condition, { container, keys })).toBe(expected);
});

test("the registry login of a task that runs only on Fargate goes through no endpoint", async () => {
  const inVpc = { StringEquals: { "aws:SourceVpce": "vpce-1" } };
  const login = "ecr:GetAuthorizationToken";
  expect(await verdict(login, inVpc)).toBe("aws:SourceVpce vpce-1");
  expect(await verdict(login, inVpc, { isFargate: true })).toBe("denied");
  expect(await verdict(login, { Null: { "aws:SourceIp": "false" } }, { isFargate: true })).toBe("ok");
  expect(await verdict("ecr:BatchGetImage", inVpc, { isFargate: true })).toBe("aws:SourceVpce vpce-1");
  expect([["FARGATE"], ["EC2", "FARGATE"], [], undefined].map(isOnlyFargate)).toEqual([true, false, false, false]);
});

test.each<[Condition, string]>([
  [{ StringEquals: { "aws:RequestedRegion": "us-east-1" } }, "aws:RequestedRegion us-east-1"],
  [{ StringEquals: { "s3:ResourceAccount": "111122223333" } }, "s3:ResourceAccount 111122223333"],
  [{ StringEquals: { "s3:ResourceAccount": "111122223333", "aws:ResourceAccount": "444455556666" } }, "denied"],
  [{ Null: { "aws:ResourceAccount": "false" } }, "ok"],
])("a call to read a file in a bucket with the condition %j: %s", async (condition, expected) => {
  expect(await verdict("s3:GetObject", condition)).toBe(expected);
});

const LOG_GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders";

// AWS's pages disagree on the ARN of a log group that is created.
test.each([
  [[LOG_GROUP], `the ARN ${LOG_GROUP}`],
  [[`${LOG_GROUP}:*`], `the ARN ${LOG_GROUP}:*`],
  [[LOG_GROUP, `${LOG_GROUP}:*`], undefined],
  [[`${LOG_GROUP}*`], undefined],
])("a log group can be created with the resources %j: %s", async (Resource, onlyWith) => {
  const options = { ...CONTAINER.logConfiguration.options, "awslogs-create-group": "true" };
  const container = { ...CONTAINER, logConfiguration: { logDriver: "awslogs", options } };
  const role = roleWith([...EXACT, { Effect: "Allow", Action: "logs:CreateLogGroup", Resource }]);
  const { calls } = await checkRole(role, [taskOf([container])], NO_KEYS);
  const call = calls.find(({ action }) => action === "logs:CreateLogGroup");
  expect([call?.allowed, call?.onlyWith]).toEqual([true, onlyWith]);
});

test.each<[Condition, string]>([
  [{ ArnLike: { "aws:SourceArn": "arn:aws:ecs:*:111122223333:*" } }, "ok"],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:ecs:us-east-1:111122223333:cluster/prod" } }, "denied"],
  [{ StringEquals: { "aws:SourceArn": "arn:aws:ecs:us-east-1:111122223333:*" } }, "denied"],
  [
    { ArnLike: { "aws:SourceArn": "arn:aws:ecs:us-east-1:111122223333:task/prod/*" } },
    "aws:SourceArn like arn:aws:ecs:us-east-1:111122223333:task/prod/*",
  ],
  [{ "ForAnyValue:StringEquals": { "aws:PrincipalServiceNamesList": "ecs-tasks.amazonaws.com" } }, "ok"],
  [{ StringEquals: { "aws:PrincipalOrgID": "o-1" } }, "denied"],
  [{ StringNotEquals: { "sts:ExternalId": "x" } }, "ok"],
  [{ Null: { "sts:RoleSessionName": "false" } }, "ok"],
  [{ StringEquals: { "iam:ResourceTag/team": "payments" } }, "ok"],
  [{ Bool: { "aws:ViaAWSService": "true" } }, "denied"],
  [{ BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }, "ok"],
  [{ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "aws:SourceIp in 10.0.0.0/8"],
])("ECS assumes a role with the trust condition %j: %s", async (condition, expected) => {
  const role = roleWith(EXACT, { trust: trusting(condition), tags: { team: "payments" } });
  const { calls } = await checkRole(role, [taskOf([CONTAINER])], NO_KEYS);
  const call = calls.find(({ action }) => action === "sts:AssumeRole");
  expect(call ? (call.allowed ? call.onlyWith : "denied") : "ok").toBe(expected);
});

import { linesOfDefinition } from "../../cli/sources/task-definition-lines";

const LOCATION = { partition: "aws", region: "eu-west-1", account: "111122223333" };
const IN = "eu-west-1:111122223333";
const PULL = `ecr:BatchGetImage on arn:aws:ecr:${IN}:repository/orders`;

/** The line has the number that its comment says. */
const TEXT = String.raw`{
  "family": "a \"quoted\" name: {[", "memory": "512",
  "executionRoleArn": "arn:aws:iam::111122223333:role/orders",
  "containerDefinitions": [
    {
      "environment": [{ "name": "image", "value": "nginx" }], "name":
        "sidecar",
      "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v2",
      "essential": false
    },
    {
      "name": "app", "image"
        : "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v3",
      "logConfiguration": { "logDriver": "awslogs", "options": {
        "awslogs-region": "eu-west-1",
        "awslogs-group": "/ecs/orders"
      } },
      "environmentFiles": [
        { "type": "s3",
          "value": "arn:aws:s3:::config/app.env" } ],
      "secrets": [
        { "name": "A", "valueFrom": "arn:aws:secretsmanager:${IN}:secret:db-AbCdEf:user::" },
        { "name": "B",
          "valueFrom": "arn:aws:ssm:${IN}:parameter/flags"
        },
        { "name": "C", "valueFrom": "arn:aws:secretsmanager:${IN}:secret:other" }
      ]
    }
  ]
}`;

const SECRET = `arn:aws:secretsmanager:${IN}:secret:db-AbCdEf`;

describe("the line of a finding about a task definition is that of", () => {
  const cases: [string, string, string, number][] = [
    ["an image", "app", PULL, 13],
    ["the image of another container", "sidecar", PULL, 8],
    ["an image that does not exist", "app", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v3", 13],
    ["the first image that needs the login", "app", "ecr:GetAuthorizationToken on *", 13],
    ["a log group", "app", `logs:PutLogEvents on arn:aws:logs:${IN}:log-group:/ecs/orders:log-stream:ecs/app/1`, 16],
    ["a log group that does not exist", "app", "/ecs/orders", 16],
    ["a file", "app", "s3:GetObject on arn:aws:s3:::config/app.env", 20],
    ["the bucket of a file", "app", "s3:GetBucketLocation on arn:aws:s3:::config", 20],
    ["a secret with a JSON key", "app", `secretsmanager:GetSecretValue on ${SECRET}`, 22],
    ["a secret that does not exist", "app", SECRET, 22],
    ["a secret without its suffix", "app", `secretsmanager:GetSecretValue on ${SECRET.replace("db", "other")}`, 26],
    ["a parameter", "app", `ssm:GetParameters on arn:aws:ssm:${IN}:parameter/flags`, 24],
    ["a placeholder, by its field", "app", "secrets[1].valueFrom", 24],
    ["a container, for a key", "app", `kms:Decrypt on arn:aws:kms:${IN}:key/1`, 12],
    ["the role, for the whole task", "task", "sts:AssumeRole on arn:aws:iam::111122223333:role/orders", 3],
    ["the role, for a finding about the role", "", "s3:* on *", 3],
  ];

  test.each(cases)("%s", (_, container, subject, line) => {
    const json = JSON.parse(TEXT);
    expect(linesOfDefinition(TEXT, json, LOCATION)(container, subject)).toBe(line);
    const windows = TEXT.replaceAll("\n", "\r\n");
    expect(linesOfDefinition(windows, json, LOCATION)(container, subject)).toBe(line);
    // As describe-task-definition prints it.
    const described = `{ "taskDefinition":\n${TEXT}}`;
    expect(linesOfDefinition(described, JSON.parse(described), LOCATION)(container, subject)).toBe(line + 1);
  });

  test("a value in a list of containers, and else the first", () => {
    const list = TEXT.slice(TEXT.indexOf("["), TEXT.lastIndexOf("]") + 1);
    const text = list.slice(list.indexOf("[\n"));
    const lineOf = linesOfDefinition(text, JSON.parse(text), LOCATION);
    expect([lineOf("sidecar", PULL), lineOf("app", PULL), lineOf("", "s3:* on *")]).toEqual([5, 10, 1]);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/commands/explain";
import { explanationOf } from "../../cli/explain/explanation";
import { KNOWN_REASONS } from "../../cli/explain/known-reasons";
import { causesOf } from "../../cli/explain/model/known-reason";
import { reasonOf } from "../../cli/explain/model/stopped-reason";
import { stoppedIn } from "../../cli/explain/stopped";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions/permissions";

/** A reason from a public report, its cause and fix, and what the answer must say and must not say. */
interface Case {
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
  readonly task?: string;
  readonly says: readonly string[];
  readonly never: readonly string[];
}

const CASES = JSON.parse(readFileSync(join(__dirname, "../fixtures/stopped-reasons.json"), "utf8")) as Case[];

const TASK = "arn:aws:ecs:eu-west-1:111122223333:task/prod/0123456789abcdef0";
const REPOSITORY = "arn:aws:ecr:eu-west-1:111122223333:repository/orders";
const INIT = "ResourceInitializationError: unable to pull secrets or registry auth:";

const denied = (action: string, resource: string) =>
  `User: arn:aws:sts::111122223333:assumed-role/orders/0123 is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

const inOneLine = (text: string | undefined) => text?.replace(/\s+/g, " ") ?? "";

const statementsIn = (text: string | undefined) =>
  JSON.parse(`[${text?.slice(text.indexOf("in a policy:") + "in a policy:".length)}]`) as unknown[];

describe("explain", () => {
  test.each(CASES)("gives the cause and the fix: $message", ({ message, task, says, never }) => {
    const answer = inOneLine(explanationOf(message, task));
    expect(says.filter((words) => !answer.includes(words))).toEqual([]);
    expect(never.filter((words) => answer.includes(words))).toEqual([]);
  });

  test("has a case for every row, so that no row hides another", () => {
    const found = CASES.map(({ message, task }) => {
      const { text, account } = reasonOf(message, task);
      return KNOWN_REASONS.findIndex((row) => row.pattern.test(text) && (!row.account || row.account === account));
    });
    expect(KNOWN_REASONS.filter((_, at) => !found.includes(at)).map(({ says }) => says)).toEqual([]);
  });

  test("names a field for every call that Amazon ECS makes with the execution role", () => {
    const actions = PERMISSIONS.flatMap((one) => one.actions).filter(
      (action) => !/^s3:(ListB|GetObjectV)/.test(action),
    );
    const fields = KNOWN_REASONS.flatMap(causesOf)
      .flatMap(({ field }) => field ?? [])
      .join("|");
    const silent = actions.filter(
      (action) => !new RegExp(`\\b(${fields})\\b`).test(explanationOf(denied(action, "x")) ?? ""),
    );
    expect(silent).toEqual([]);
  });

  test("prints the denied call, the cause, AWS's page, the fix, and what to paste", () => {
    expect(explanationOf(`CannotPullContainerError: ${denied("ecr:BatchGetImage", REPOSITORY)}`)).toBe(
      `Denied: ecr:BatchGetImage on ${REPOSITORY} for role orders
Cause: The execution role is not allowed to pull from
       ${REPOSITORY}.
See:   https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
Fix:   List the repository in imageRepositories.
  Terraform:  access = { image_repositories = [
    "${REPOSITORY}"] }
  TypeScript: access: { imageRepositories: [
    "${REPOSITORY}"] }
  If access contains the container definitions, correct them instead.
  A role that this module did not create needs this in a policy:
    { "Effect": "Allow",
      "Action": "ecr:GetAuthorizationToken",
      "Resource": "*" },
    { "Effect": "Allow",
      "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      "Resource": "${REPOSITORY}" }`,
    );
  });

  test("keeps kms:ViaService in the statement for a key", () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:key/1a2b";
    const [first = ""] = explanationOf(`${INIT} ${denied("kms:Decrypt", key)}`)?.split("\n\n2. ") ?? [];
    expect(statementsIn(first)).toEqual([
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: key,
        Condition: { StringLike: { "kms:ViaService": ["secretsmanager.*", "ssm.*", "s3.*"] } },
      },
    ]);
  });

  test("pastes the condition that restricts a file to buckets of the account", () => {
    const file = "arn:aws:s3:::orders-config/app.env";
    const answer = explanationOf(
      `ResourceInitializationError: failed to download env files: ${denied("s3:GetObject", file)}`,
    );
    expect(answer).toContain('"Condition": {"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}');
  });

  test("pastes the resource of the denied call if it has the format of the field", () => {
    const fileSystem = "arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1";
    expect(explanationOf(denied("fsx:DescribeFileSystems", fileSystem))).toContain(
      `access: { fsxFileSystems: ["${fileSystem}"] }`,
    );
    expect(explanationOf(denied("s3:GetBucketLocation", "arn:aws:s3:::orders-config"))).not.toContain("access =");
  });

  test.each(["orders/database", "my-secret", "db-password"])(
    "never suggests a statement that matches no secret: %s",
    (name) => {
      const arn = `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}`;
      const answer = explanationOf(`${INIT} ${denied("secretsmanager:GetSecretValue", arn)}`);
      expect(answer).toContain("does not know a secret with this name");
      expect(statementsIn(answer)).toEqual([
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: `${arn}-??????` },
      ]);
    },
  );

  test("never pastes an ARN that ECS cut", () => {
    const cut = `${INIT} ${denied("ssm:GetParameters", "arn:aws:ssm:eu-west-1:111122223333:parameter/ord...")}`;
    const answer = explanationOf(cut.slice(0, cut.indexOf("...") + 3));
    expect(answer).toContain("This reason looks truncated.");
    expect(answer).toContain("List the parameter in parameters.");
    expect(answer).not.toContain("parameter/ord");
  });

  test("reads a reason that is wrapped within an ARN, quoted, and has typographic quotes", () => {
    const wrapped = `"> ${denied("logs:CreateLogStream", "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/\n> orders:log-stream:x")}"`;
    expect(explanationOf(wrapped)).toContain('"arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders"');
    expect(explanationOf("“The task can’t retrieve the secret with ARN ‘x’”")).toContain("does not exist");
  });

  test("reads a reason that Copilot wrapped within words", () => {
    const text = `${INIT} ${denied("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf")}`;
    const wrapped = text.match(/.{1,70}/g)?.join(`\n${" ".repeat(8)}`);
    expect(explanationOf(`      - [a7438eb0]: ${wrapped}`)).toContain(
      "on\n        arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf for role orders",
    );
  });

  test("fits 100 columns, except for ARNs, URLs and statements", () => {
    const long = CASES.flatMap(({ message, task }) => explanationOf(message, task)?.split("\n") ?? []).filter(
      (line) => line.length > 100 && !/arn:|https:|"Action"/.test(line),
    );
    expect(long).toEqual([]);
  });

  test("leaves no placeholder and no Markdown in an answer", () => {
    const marks = CASES.map(({ message, task }) => explanationOf(message, task)).filter((answer) =>
      /\{[a-zA-Z]+\}|`|undefined/.test(answer?.replaceAll(/role\/undefined/g, "") ?? ""),
    );
    expect(marks).toEqual([]);
  });

  test.each(["hello world", "(service orders) has a new name.", "ResourceInitializationError: something new"])(
    "returns undefined for an unknown reason: %s",
    (reason) => {
      expect(explanationOf(reason)).toBeUndefined();
    },
  );
});

describe("the input of explain", () => {
  const oom = { name: "app", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" };
  const failed = { taskArn: TASK, stoppedReason: "Essential container in task exited", containers: [oom] };
  const running = { taskArn: `${TASK}1`, lastStatus: "RUNNING", containers: [{ name: "app" }] };
  const reason = `Essential container in task exited\n${oom.reason}\nExit code: 137`;

  test.each([
    ["describe-tasks", { tasks: [failed, running], failures: [] }, [{ task: TASK, reason }]],
    ["an event of EventBridge", { "detail-type": "ECS Task State Change", detail: failed }, [{ task: TASK, reason }]],
    ["an answer that --query reduced", [["Task stopped by user", "app"]], [{ reason: "Task stopped by user" }]],
    ["a running task", { tasks: [running] }, []],
    ["run-task", { failures: [{ arn: "a", reason: "RESOURCE:CPU" }] }, [{ reason: "RESOURCE:CPU" }]],
    [
      "a service event of EventBridge",
      { "detail-type": "ECS Service Action", detail: { reason: "RESOURCE:FARGATE" } },
      [{ reason: "RESOURCE:FARGATE" }],
    ],
    ["CloudTrail", { userAgent: "aws-sdk os/linux", errorMessage: "Access denied" }, [{ reason: "Access denied" }]],
    ["an error of Lambda", { errorMessage: "Not found", stack: ["at a (b.js:1)"] }, [{ reason: "Not found" }]],
    [
      "the attachment of a volume",
      {
        tasks: [
          { ...failed, containers: [], attachments: [{ details: [{ name: "statusReason", value: "no role" }] }] },
        ],
      },
      [{ task: TASK, reason: "Essential container in task exited\nno role" }],
    ],
  ])("is read from %s", (_name, answer, stopped) => {
    expect(stoppedIn(JSON.stringify(answer, null, 2))).toEqual(stopped);
  });

  test("is a text if it is no JSON", () => {
    expect(stoppedIn("[manifests 1]: 403 Forbidden ")).toEqual([{ reason: "[manifests 1]: 403 Forbidden" }]);
  });

  const output = async (text: string) => {
    const log = jest.spyOn(console, "log").mockImplementation();
    const code = await run({ values: {}, positionals: [text] });
    const [[printed]] = log.mock.calls as [[string]];
    log.mockRestore();
    return { code, printed };
  };

  test("groups the tasks that stopped for the same reason", async () => {
    const { code, printed } = await output(JSON.stringify({ tasks: [failed, { ...failed, taskArn: `${TASK}2` }] }));
    expect(code).toBe(0);
    expect(printed).toMatch(/^Tasks 0123456789abcdef0, 0123456789abcdef02:\n/);
    expect(printed.match(/Cause: /g)).toHaveLength(1);
  });

  test("groups the events of a service, and prints those that need no action last", async () => {
    const started = [1, 2, 3, 4].map((id) => ({ message: `(service orders) has started 1 tasks: (task ${id}).` }));
    const events = [...started, { message: "(service orders) is unable to consistently start tasks successfully." }];
    const { code, printed } = await output(JSON.stringify({ services: [{ events }] }));
    expect(code).toBe(0);
    expect(printed.match(/unable to consistently|\(task \d\)|and \d more|No action is needed/g)).toEqual([
      "unable to consistently",
      "(task 1)",
      "(task 2)",
      "(task 3)",
      "and 1 more",
      "No action is needed",
    ]);
  });

  test("exits with 1 if one of several reasons is not known", async () => {
    const { code, printed } = await output(
      JSON.stringify({ tasks: [failed, { taskArn: `${TASK}3`, stoppedReason: "hm" }] }),
    );
    expect(code).toBe(1);
    expect(printed).toContain("This stopped reason is unknown.");
  });

  test("must have a stopped task", async () => {
    await expect(output(JSON.stringify({ tasks: [running] }))).rejects.toThrow("the JSON has no stopped task");
    await expect(output(" ")).rejects.toThrow("Specify the stopped reason in quotes");
  });
});

import { type KnownReason, PAGES } from "../model/known-reason";
import { NO_ROUTE } from "./network";

/** The awslogs log driver and the log groups. */
export const LOGS: readonly KnownReason[] = [
  {
    says: "`The specified log group does not exist`",
    pattern:
      /log group does not exist|log ?(group|stream).*ResourceNotFound|(logger args|logging driver).*(ResourceNotFound|RequestNotFound)/i,
    whose: "logGroup",
    why: "The log group does not exist in the Region that awslogs-region names.",
    fix: 'Create the log group, or correct awslogs-group and awslogs-region. Or let ECS create it: set awslogs-create-group to "true" in the container definition, and createLogGroups in access.',
    page: PAGES.logs,
  },
  {
    says: "`awslogs-region is required`, `unknown log opt`, `logging driver specified of container ..., but no log configuration specified`",
    pattern:
      /awslogs-\w+ is required|logs? driver arguments|firelens config|MissingEndpoint|logging driver: (?!failed to c|.*(cloudwatch|AccessDenied|ResourceNotFound))|log[- ]opts?\b|must specify a value for log|log(Stream|Group)Name'? failed|compression cannot be enabled/i,
    whose: "definition",
    why: "logConfiguration lacks an option, or has one that the log driver or its server does not accept.",
    fix: "Set awslogs-group, awslogs-region and, on Fargate, awslogs-stream-prefix. For another log driver, correct its options and secretOptions.",
    page: PAGES.logs,
  },
  {
    says: "`Error response from daemon: failed to initialize logging driver` ... `AccessDenied`",
    pattern:
      /daemon: failed to initialize logging driver(?!.*User: \S*(execution|\/[0-9a-f]{32}\b)).*(AccessDenied|not authorized)/i,
    whose: "instanceRole",
    why: "On EC2, Docker writes the logs with the container instance role by default, and that role is not allowed to write them.",
    fix: "Set ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true in /etc/ecs/ecs.config, so that Docker writes them with the task execution role, or allow the call in the container instance role.",
    page: PAGES.logs,
    others: [
      {
        whose: "executionRole",
        why: "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE is set, and the execution role is not allowed to write to the log group.",
        fix: "List the log group in logGroups; if ECS creates it, set createLogGroups as well.",
        field: "logGroups",
      },
    ],
  },
  {
    says: "`logs:CreateLogGroup` is denied",
    pattern: /logs:CreateLogGroup|create cloudwatch log group.*AccessDenied/i,
    whose: "executionRole",
    why: "awslogs-create-group is true, and the execution role is not allowed to create the log group.",
    fix: "Set createLogGroups: true in access, or create the log group yourself.",
    field: "createLogGroups",
    page: PAGES.logs,
  },
  {
    says: "`logs:CreateLogStream` is denied, `failed to create Cloudwatch log stream: AccessDeniedException`",
    pattern:
      /logs:(CreateLogStream|PutLogEvents|DescribeLogStreams)|create cloudwatch log stream.*AccessDenied|(logger args|logging driver).*AccessDenied/i,
    whose: "executionRole",
    why: "The execution role is not allowed to write to the log group (logs:CreateLogStream and logs:PutLogEvents).",
    fix: "List the log group in logGroups.",
    field: "logGroups",
    page: PAGES.logs,
  },
  {
    says: "`failed to validate logger args`, without details",
    pattern:
      /logger args|logging driver|cannot find the Amazon CloudWatch log group|create stream has been retried|create Cloudwatch log/i,
    whose: "logGroup",
    why: "The log group does not exist in the Region that awslogs-region names.",
    fix: "Check awslogs-group and awslogs-region, and create the log group.",
    page: PAGES.initialization,
    others: [
      {
        whose: "executionRole",
        why: "The execution role is not allowed to write to the log group.",
        fix: "List the log group in logGroups.",
        field: "logGroups",
      },
      {
        whose: "network",
        why: "The task has no route to CloudWatch Logs.",
        fix: NO_ROUTE,
      },
    ],
  },
];

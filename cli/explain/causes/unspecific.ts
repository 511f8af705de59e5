import { type KnownReason, PAGES } from "../model/known-reason";
import { NO_ROUTE } from "./network";

/** Denied calls that ECS does not make with the execution role. */
export const OTHER_CALLS: readonly KnownReason[] = [
  {
    says: "`Unexpected EC2 error while attempting to ... network interface` ... `AuthFailure`, `UnauthorizedOperation`, `TagPolicyViolation`",
    pattern:
      /Unexpected EC2 error.*(AuthFailure|Unauthorized|TagPolicy|denied|not authorized)|TagPolicyViolation|assumed-role\/AWSServiceRoleForECS\S* is not authorized/i,
    whose: "serviceLinkedRole",
    why: "ECS is not allowed to make this call, such as to create or tag the task's network interface: a service control policy or tag policy of your organization forbids it, or the subnet is not shared with this account.",
    fix: "Allow the role AWSServiceRoleForECS in the policies of the organization, add the tags that the tag policy requires, or share the subnet with this account.",
    page: PAGES.failedToStart,
  },
  {
    says: "a denied call that ECS does not make with the execution role",
    pattern: /not authorized to perform:? [\w-]+:\w+/i,
    whose: "taskRole",
    why: "ECS does not make this call with the task execution role. If your application made it, it used the task role.",
    fix: "Allow the call in the task role (taskRoleArn), or in the role that the message names.",
    page: PAGES.taskRole,
  },
];

/** Reasons that name no cause. */
export const UNSPECIFIC: readonly KnownReason[] = [
  {
    says: "`AccessDenied`, without the call",
    pattern: /AccessDenied(?!.*specified platform)|not authorized/i,
    whose: "executionRole",
    why: "A call was denied, and the reason does not name it.",
    fix: "Run `check --task-definition FAMILY`, which lists every permission that the execution role lacks. CloudTrail shows the denied call.",
    page: PAGES.accessDenied,
  },
  {
    says: "`unable to pull secrets or registry auth`, without details",
    pattern: /execution resource retrieval|registry auth/i,
    whose: "network",
    why: "The task has no route to ECR, Secrets Manager, Systems Manager or CloudWatch Logs.",
    fix: NO_ROUTE,
    page: PAGES.initialization,
    others: [
      {
        whose: "executionRole",
        why: "The execution role lacks a permission.",
        fix: "Run `check --task-definition FAMILY`, which lists every permission that the role lacks, with the field of access.",
      },
    ],
  },
  {
    says: "`ClientException` when a task definition is registered, `required capabilities`",
    pattern: /RegisterTaskDefinition|\bClientException: |(required|requested) capabilities|specified platform/i,
    whose: "definition",
    why: "ECS does not accept the task definition: it breaks the rule that the message names, or uses a feature that the launch type or the platform version does not support.",
    fix: "Correct the part that the message names. For the capabilities or the platform, set platformVersion to LATEST, correct runtimePlatform, or remove the feature.",
    page: PAGES.failures,
  },
];

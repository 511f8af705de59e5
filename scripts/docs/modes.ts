import type { ListFieldName, Switch } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { table } from "./markdown";

/** Whether the four managed policies allow the calls that a field of `access` grants. */
export type Reach = "no" | "only these" | "these and others";

/** The other fields of `access` only restrict what these grant. */
type Granting = Exclude<ListFieldName, "vpcEndpoints" | "bucketOwners"> | Switch;

/**
 * What ECS can do with each field of `access`, which never allows more than the listed resources.
 * An end-to-end test evaluates the policies in IAM against this table.
 */
export const FIELDS = {
  imageRepositories: { may: "pull images from these repositories", managedPolicies: "these and others" },
  pullThroughCacheRepositories: {
    may: "pull through these cache repositories: import images, create the repositories",
    managedPolicies: "no",
  },
  guardDutyAgent: { may: "pull the GuardDuty agent", managedPolicies: "these and others" },
  logGroups: { may: "write to these log groups", managedPolicies: "these and others" },
  createLogGroups: { may: "create these log groups", managedPolicies: "these and others" },
  secrets: { may: "read these secrets", managedPolicies: "these and others" },
  parameters: { may: "read these parameters", managedPolicies: "no" },
  decryptionKeys: {
    may: "decrypt secrets, parameters and files with these customer managed keys",
    managedPolicies: "no",
  },
  environmentFiles: { may: "read these environment files", managedPolicies: "no" },
  fsxFileSystems: { may: "describe the file systems in the Regions of these file systems", managedPolicies: "no" },
  credentialSpecs: { may: "read these gMSA credential specifications", managedPolicies: "no" },
} satisfies Record<Granting, { may: string; managedPolicies: Reach }>;

/** Calls that no task execution role needs, and whether the four managed policies allow any of them. `access` allows none. */
export const DANGERS = {
  "change IAM": false,
  "change or delete secrets": true,
  "read every secret": true,
  "run CloudFormation change sets": true,
  "create and invoke Lambda functions": true,
  "delete or read logs": true,
  "push images, delete images or repositories": false,
  "write to S3": false,
  "change parameters": false,
  "encrypt with KMS keys, share or delete them": false,
  "run commands and tasks": false,
  "read tables and queues": false,
} satisfies Record<string, boolean>;

export function modesTable(): string {
  return table(
    ["ECS can", "four managed policies", "`access`"],
    [
      ...Object.entries(FIELDS).map(([field, { may, managedPolicies }]) => [
        `${may} (\`${field}\`)`,
        managedPolicies,
        "only these",
      ]),
      ...Object.entries(DANGERS).map(([what, managedPolicies]) => [what, managedPolicies ? "**yes**" : "no", "no"]),
    ],
  );
}

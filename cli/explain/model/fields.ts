import type { ListFieldName, Switch } from "../../../modules/ecs-task-execution-role/aws/access-fields";
import type { VALUES } from "./values";

/** The fields of `access` that a stopped reason can point to, each with the value that it is about. */
export const FIELDS = {
  imageRepositories: "repository",
  pullThroughCacheRepositories: "repository",
  guardDutyAgent: undefined,
  logGroups: "logGroup",
  createLogGroups: "logGroup",
  secrets: "secret",
  parameters: "parameter",
  decryptionKeys: "key",
  environmentFiles: "file",
  credentialSpecs: "file",
  fsxFileSystems: "fileSystem",
} as const satisfies Partial<Record<ListFieldName | Switch, keyof typeof VALUES | undefined>>;

export type FieldName = keyof typeof FIELDS;

import type { GrantField } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions/permissions";
import type { AccessStatement } from "../../modules/ecs-task-execution-role/synth/access-statements";

/** A field of a task definition that is not known. */
export interface UnknownField {
  /** The container, or `task`. */
  readonly container: string;
  readonly field: string;
  /** The addresses that it waits for. */
  readonly waitsFor: readonly string[];
  /** The fields of `access` that it may need. */
  readonly mayNeed: readonly GrantField[];
  /** What the user can do. */
  readonly note?: string;
}

/** What a file system and its credentials may need. */
export const OF_FILE_SYSTEMS: UnknownField["mayNeed"] = [
  "fsxFileSystems",
  "secrets",
  "referencedSecrets",
  "parameters",
  "decryptionKeys",
];

/** Whatever fields of `access` may need, on any resource. */
export function anythingFor(fields: readonly GrantField[]): AccessStatement[] {
  return PERMISSIONS.filter(({ grantedBy }) =>
    grantedBy.some((one) => (fields as readonly string[]).includes(one)),
  ).map(({ sid, actions }) => ({ sid, actions: [...actions], resources: ["*"] }));
}

import type { LogConfiguration, TaskDefinition } from "@aws-sdk/client-ecs";
import type { Roles, RoleWithPolicies } from "../aws-calls/policies";
import type { PlannedRole } from "./planned-role";
import { componentsOf, isOnlyFargate, locationOf, type Task } from "./task";

/** A file that has task definitions. */
export interface SourceFile {
  readonly name: string;
  /** The line of what a finding is about, in a container or in the whole task definition. */
  readonly lineOf: (container: string, subject: string) => number;
}

/** A task definition and its execution role. */
export interface TaskWithRole {
  readonly task: Task;
  /** The role's address if a plan creates it; undefined if the task definition has no execution role. */
  readonly roleArn?: string;
  /** Whether it is the only one in a file. */
  readonly isFile?: boolean;
  /** The file that it is in. */
  readonly file?: SourceFile;
  /** Whether the execution role is not known until apply. */
  readonly isRoleUnknown?: boolean;
  /** Why the task definition or its role could not be determined. */
  readonly notChecked?: string;
  /** Reads the role as it is after the plan; the rest is read from the account. */
  readonly planned?: (roles: Roles) => Promise<PlannedRole>;
  /** For a role that is not a resource of the plan: the role after the plan has added and removed policies. */
  readonly adjusted?: (role: RoleWithPolicies, roles: Roles) => Promise<PlannedRole>;
}

/** What a service adds to a task definition. */
export interface Use {
  readonly taskDefinition: string;
  readonly service: string;
  readonly logs: readonly LogConfiguration[];
}

/** A task definition in ECS, with the services that use it. */
export function taskWithRole(definition: TaskDefinition, uses: readonly Use[]): TaskWithRole {
  const { taskDefinitionArn: arn = "", executionRoleArn: roleArn, requiresCompatibilities } = definition;
  const location = locationOf(arn);
  const services = [...new Set(uses.map(({ service }) => service))];
  const logs = uses.flatMap(({ service, logs }) => logs.map((log) => ({ service, log })));
  const components = componentsOf(definition, location, logs);
  const name = arn.split("/").at(-1) ?? arn;
  const isFargate = isOnlyFargate(requiresCompatibilities);
  return {
    task: { name, services, location, components, ...(isFargate && { isFargate }) },
    ...(roleArn && { roleArn }),
  };
}

import { nameIn } from "../arns";
import { type Ecs, ecsOfTheUser } from "../aws-calls/ecs";
import { keysOfTheUser } from "../aws-calls/lookups/keys";
import type { Roles } from "../aws-calls/policies";
import { iamOfTheUser, rolesOf } from "../aws-calls/role";
import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { asCloudformation } from "../derive/as-cloudformation";
import { asPolicy } from "../derive/as-policy";
import { asTerraform } from "../derive/as-terraform";
import { asTypescript } from "../derive/as-typescript";
import { type DerivedRole, deriveRole } from "../derive/derived-role";
import { unknownValues } from "../findings/unknown-values";
import type { TaskWithRole } from "../needs/task-with-role";
import { byRole, findTasks } from "../sources/sources";
import { usersOfRole } from "../sources/users-of-role";
import { endProgress, print, printable } from "../terminal";
import { MODULE_SOURCE } from "../version";
import type { Arguments } from "./command";

type Form = (roles: readonly DerivedRole[], source: string) => string;

const FORMS: Readonly<Record<string, Form>> = {
  terraform: (roles, source) =>
    roles
      .map((role, at) => asTerraform(role, at === 0 ? "execution_role" : `execution_role_${at + 1}`, source))
      .join("\n\n"),
  typescript: asTypescript,
  policy: asPolicy,
  cloudformation: asCloudformation,
};

/** JSON has no comments. */
const FORMS_WITHOUT_COMMENTS = ["policy", "cloudformation"];

const SOURCES = ["role", "task-definition", "file"];

/** Prints the roles that tasks need, as code to paste. */
export async function run({ values }: Arguments): Promise<number> {
  const form = String(values.as ?? "terraform");
  const write = FORMS[form];
  if (!write) {
    throw new WrongUsage(`--as must be terraform, typescript, policy or cloudformation, not ${values.as}`);
  }
  if (!SOURCES.some((source) => source in values)) {
    throw new WrongUsage("Specify --role, --task-definition or --file");
  }
  const roles = rolesOf(await iamOfTheUser());
  const keys = keysOfTheUser();
  const found = await definitionsOf(values, roles, ecsOfTheUser());
  if (found.length === 0) {
    throw new CouldNotCheck("the plan has no aws_ecs_task_definition");
  }
  const derived = await Promise.all(
    byRole(found).map(async (users) => {
      const [{ roleArn = "", planned, notChecked }] = users;
      if (notChecked !== undefined) {
        throw new CouldNotCheck(notChecked);
      }
      const [unknown] = users.flatMap(({ task }) => unknownValues([task]));
      if (unknown) {
        throw new CouldNotCheck(`${unknown.field} of ${unknown.tasks[0]?.taskDefinition} is unknown`);
      }
      const [nowhere] = users.filter(({ task }) => task.location.account === "");
      if (nowhere) {
        throw new CouldNotCheck(
          `${nowhere.task.name} has no executionRoleArn, so its account is unknown; set it to the ARN that the role will have`,
        );
      }
      const role = planned ? undefined : await roles.named(nameIn(roleArn));
      return deriveRole(
        users.map(({ task }) => task),
        keys,
        role?.arn === roleArn ? role : undefined,
      );
    }),
  );
  endProgress();
  print(write(derived, String(values.source ?? MODULE_SOURCE)));
  if (FORMS_WITHOUT_COMMENTS.includes(form)) {
    console.error(printable(derived.flatMap(({ notes }) => notes).join("\n")));
  }
  return 0;
}

async function definitionsOf(values: Arguments["values"], roles: Roles, ecs: Ecs): Promise<TaskWithRole[]> {
  if (values.role === undefined) {
    return findTasks(values, ecs);
  }
  const name = nameIn(String(values.role));
  const role = await roles.named(name);
  if (!role) {
    throw new CouldNotCheck(`there is no role ${name} in this account`);
  }
  const users = await usersOfRole(ecs, role.arn, values["all-revisions"] === true);
  if (users.length === 0) {
    throw new CouldNotCheck(
      `no active task definition in this Region uses the role ${name}; use --file or --task-definition`,
    );
  }
  return users;
}

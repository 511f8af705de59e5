import { KNOWN_REASONS } from "../../cli/explain/known-reasons";
import { type Cause, causesOf, type KnownReason, WHOSE } from "../../cli/explain/model/known-reason";
import { VALUES } from "../../cli/explain/model/values";
import { RULES } from "../../cli/reports/rules";
import {
  LIST_FIELD_NAMES,
  LIST_FIELDS,
  SWITCHES,
} from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { camelCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions/permissions";
import { table } from "./markdown";
import { blocksOf } from "./terraform-blocks";
import { defaultsOf } from "./typescript-reference";

/** Every input: the prop of the construct, the variable of the Terraform module, its type, default and meaning. */
export function inputRows(): string[][] {
  const defaults = defaultsOf("inputs/props.ts", "EcsTaskExecutionRoleProps");
  return blocksOf("variable", "variables.tf").map(({ labels: [name = ""], arguments: { type, description = "" } }) => [
    codes([camelCase(name)]),
    codes([name]),
    type === undefined ? `[object](#${name})` : codes([type]),
    defaults[camelCase(name)] ?? "",
    description.replace(/ Its fields: .*$/, ""),
  ]);
}

export function inputsTable(): string {
  return table(["prop", "variable", "type", "default", "meaning"], inputRows());
}

/** Every output of the Terraform module with its attribute of the construct. */
export function outputsTable(): string {
  const members = defaultsOf("ecs-task-execution-role.ts", "EcsTaskExecutionRole");
  const rows = blocksOf("output", "outputs.tf").map(({ labels: [name = ""], arguments: of }) => [
    camelCase(name) in members ? codes([camelCase(name)]) : "",
    codes([name]),
    of.description ?? "",
  ]);
  return table(["attribute", "output", "value"], rows);
}

/** Each field of `access`: the format of its values, the actions that it grants or restricts, the AWS pages that ask for them. */
export function accessFields() {
  return [...LIST_FIELD_NAMES, ...SWITCHES].map((field) => {
    const permissions = PERMISSIONS.filter(({ grantedBy }) => grantedBy.includes(field));
    const format = field in LIST_FIELDS ? `\`${LIST_FIELDS[field as keyof typeof LIST_FIELDS].form}\`` : "`true`";
    const restricted = PERMISSIONS.filter(
      ({ condition }) => condition?.from?.field === field && permissions.length === 0,
    );
    const actions = codes([...permissions, ...restricted].flatMap(({ actions }) => actions));
    const variables = codes(restricted.flatMap(({ condition }) => condition?.variable ?? []));
    const grants = restricted.length > 0 ? `restricts ${actions} (${variables})` : actions;
    const sources = [...new Set([...permissions, ...restricted].map(({ source }) => source))];
    return { field, format, grants, sources };
  });
}

/** What each field of `access` grants. */
export function accessTable(): string {
  const rows = accessFields().map(({ field, format, grants, sources }) => [
    `\`${field}\``,
    format,
    grants,
    sources.map((url, at) => `[${at + 1}](${url})`).join(" "),
  ]);
  return table(["field", "format", "grants", "AWS documentation"], rows);
}

export function codes(texts: readonly string[]): string {
  return [...new Set(texts)].map((text) => `\`${text}\``).join(", ");
}

const isSolvedByAccess = (row: KnownReason) => causesOf(row).some(({ field }) => field !== undefined);

/** The reasons that a field of `access` can solve; `explain` reads the same rows. */
export const stoppedReasonsTable = () => reasonsTable(isSolvedByAccess);

/** The reasons that it does not. */
export const otherCausesTable = () => reasonsTable((row) => !isSolvedByAccess(row));

function reasonsTable(isShown: (row: KnownReason) => boolean): string {
  const rows = KNOWN_REASONS.filter(isShown).map((row) => [row.says, causesOf(row).map(inWords).join("<br>Or: ")]);
  return table(["stopped reason", "cause and fix"], rows);
}

function inWords({ why, whose, fix }: Cause): string {
  return [why, WHOSE[whose], fix]
    .join(" ")
    .replaceAll("{endpoints}", "VPC endpoints")
    .replace(/\{(\w+)\}/g, (_, name: keyof typeof VALUES) => VALUES[name].otherwise)
    .replace(/(^|[.] )the /g, "$1The ")
    .replaceAll("  ", " ");
}

/** The rules of the command `check`. */
export function checkRulesTable(): string {
  const rows = Object.entries(RULES).map(([id, { marks, lists, subject, text }]) => [
    `\`${id}\``,
    marks,
    lists,
    subject,
    text,
  ]);
  return table(["ID", "in the report", "in `--json`", "NAME", "meaning"], rows);
}

import { LIST_FIELDS, type ListFieldName } from "../../../modules/ecs-task-execution-role/permissions/access-fields";
import { PERMISSIONS, type Permission } from "../../../modules/ecs-task-execution-role/permissions/permissions";
import { type ArnMapping, bucket, secret } from "../../../modules/ecs-task-execution-role/permissions/resource-arns";
import { TRUST_FIELDS } from "../../../modules/ecs-task-execution-role/permissions/trust-fields";
import { mapped } from "../../../modules/ecs-task-execution-role/synth/access-statements";
import { fixedText, isAttributeArn, matcher, startOf, UNKNOWN } from "./template";

/** Whether Terraform can turn a template into a text. */
export type Form = (template: string, text: string) => boolean;

const NO_FORM: Form = () => false;

/** Which resources a statement can have for ARNs that only Terraform knows. */
export function resourceForm(sid: string | undefined): Form {
  const permission = PERMISSIONS.find((one) => one.sid === sid);
  if (!permission) {
    return NO_FORM;
  }
  const { resources } = permission;
  const patterns = patternsOf(permission);
  // The pattern matches an object, but the resource is its bucket.
  const asInput = (text: string) => (resources === bucket ? `${text}/object` : text);
  return (template, text) =>
    mapped(resources, text).includes(text) &&
    patterns.some((pattern) => pattern.test(asInput(text))) &&
    writings(resources, template).some((one) => matcher(one)(text));
}

/** Which values a condition in the trust policy can have. */
export function conditionForm(variable: string): Form {
  const field = Object.values(TRUST_FIELDS).find((one) => one.variable === variable);
  return field ? (template, text) => field.pattern.test(text) && matcher(template)(text) : NO_FORM;
}

/** For fields that are not lists of `access`, the list that they are derived from. */
const MADE_OF: Readonly<Record<string, ListFieldName>> = {
  createLogGroups: "logGroups",
  referencedSecrets: "secrets",
};

function patternsOf({ grantedBy }: Permission): RegExp[] {
  return grantedBy.flatMap((field) => LIST_FIELDS[MADE_OF[field] ?? (field as ListFieldName)]?.pattern ?? []);
}

/**
 * The resources that a template becomes, as templates. What follows an expression can be cut off, such as a JSON key. A
 * resource's ARN has the secret's suffix, so none is appended.
 */
function writings(mapping: ArnMapping, template: string): string[] {
  const given = WILDCARD.test(fixedText(template)) ? template : `${startOf(template)}${UNKNOWN}`;
  return mapping === secret && isAttributeArn(template) ? [template] : [given, ...mapped(mapping, given)];
}

const WILDCARD = /[*?]/;

import { Tokenization } from "cdktf";
import type { Construct } from "constructs";
import type { GrantField } from "../aws/arn-fields";
import { KINDS, type Kind } from "../aws/container-fields";
import { DERIVED_FIELDS, type TaskLocation } from "../aws/container-grants";
import { derivedInTerraform, isGood, offendersOfField, valuesOfFields } from "../hcl/containers";
import { joined } from "../hcl/statements";
import type { TaskExecutionAccess } from "../inputs/access";
import type { Containers, Found, Unread } from "../synth/containers";
import { isUnknown, unpacked } from "../unknown";
import { localOf } from "./locals";

/** The values of one kind in container definitions that only Terraform knows, in its language. */
export interface LaterValues {
  /** The list of the values. */
  readonly values: string;
  /** The list of those that no pattern lets pass, each with its container and where it stands. */
  readonly offenders: (patterns: readonly RegExp[]) => string;
}

/** What container definitions hold that only Terraform knows, by kind. */
export function laterValues(scope: Construct, { values, unread }: Containers): ReadonlyMap<Kind, LaterValues> {
  const later = new Map<Kind, LaterValues[]>(KINDS.map((kind) => [kind, []]));
  for (const kind of KINDS) {
    const texts = values.filter((found) => found.kind === kind && isUnknown(found.value));
    if (texts.length > 0) {
      later.get(kind)?.push(textsOf(scope, kind, texts));
    }
  }
  for (const [at, one] of unread.entries()) {
    const containers = containersIn(scope, at, one);
    for (const field of one.fields) {
      later.get(field.kind)?.push({
        values: valuesOfFields([field], containers),
        offenders: (patterns) => offendersOfField(field, patterns, containers),
      });
    }
  }
  return new Map(
    [...later].filter(([, lists]) => lists.length > 0).map(([kind, lists]) => [kind, all(scope, kind, lists)]),
  );
}

/** What these values give the fields of `access`, by field: lists of ARNs in Terraform's language. */
export function laterGrants(
  scope: Construct,
  { createLogGroups }: TaskExecutionAccess,
  values: ReadonlyMap<Kind, LaterValues>,
  location: TaskLocation,
): ReadonlyMap<GrantField, string> {
  const derived = new Map<GrantField, string>();
  for (const field of values.size > 0 ? DERIVED_FIELDS : []) {
    const list = derivedInTerraform(field, (kind) => values.get(kind)?.values, location);
    if (list !== undefined) {
      derived.set(field, localOf(scope, `derived-${field}`, `\${${list}}`));
    }
  }
  const toCreate = joined([derived.get("logGroupsToCreate"), createLogGroups ? derived.get("logGroups") : undefined]);
  return toCreate === undefined ? derived : derived.set("logGroupsToCreate", toCreate);
}

function all(scope: Construct, kind: Kind, lists: readonly LaterValues[]): LaterValues {
  return {
    values: localOf(scope, `values-${kind}`, `\${concat(${lists.map(({ values }) => values).join(", ")})}`),
    offenders: (patterns) => `flatten([${lists.map(({ offenders }) => offenders(patterns)).join(", ")}])`,
  };
}

/** Values whose containers we can read, although not the values themselves. */
function textsOf(scope: Construct, kind: Kind, found: readonly Found[]): LaterValues {
  const texts = localOf(
    scope,
    `texts-${kind}`,
    found.map(({ container, field, value }) => ({ at: `${container}: ${field}`, value })),
  );
  return {
    values: `${texts}[*].value`,
    offenders: (patterns) =>
      `[for text in ${texts} : [for value in [text.value] : "\${text.at}: \${jsonencode(value)}" if !${isGood(patterns)}]]`,
  };
}

/** A list of containers in Terraform's language: of one container, or of all in a text or in an unknown list. */
function containersIn(scope: Construct, at: number, { container, fields }: Unread): string {
  const id = `containers-${at}`;
  if (typeof container !== "string") {
    return `flatten([${localOf(scope, id, fieldsToRead(container, fields))}])`;
  }
  const list = unpacked(container);
  return list === container ? `jsondecode(${localOf(scope, id, container)})` : `flatten(${localOf(scope, id, list)})`;
}

/** Of a container only what Terraform is to read, so that the stack repeats no other value of it. */
function fieldsToRead(container: unknown, fields: Unread["fields"]): unknown {
  const keys = ["name", ...fields.flatMap(({ path }) => path.split(/[.[]/)[0] ?? [])];
  const isPlain = Object.getPrototypeOf(container) === Object.prototype && !Tokenization.reverseMap(container as never);
  return isPlain
    ? Object.fromEntries(Object.entries(container as object).filter(([key]) => keys.includes(key)))
    : container;
}

import { Tokenization } from "cdktf";
import type { Construct } from "constructs";
import type { GrantField } from "../aws/access-fields";
import { KINDS, type Kind, type ValueFormat } from "../aws/container-fields";
import { DERIVED_FIELDS, DERIVED_KINDS, type TaskLocation } from "../aws/container-grants";
import { excerpt, isGood, offendersOfField, valuesOfFields } from "../hcl/containers";
import { elementsIn } from "../hcl/definitions";
import { derivedInTerraform } from "../hcl/grants";
import { joined } from "../hcl/statements";
import type { TaskExecutionAccess } from "../inputs/access";
import type { Containers, Found, Unread } from "../synth/containers";
import { isUnknown, unpacked } from "../unknown";
import { localOf } from "./references";

/** The values of one kind in container definitions that are unknown at synth, as Terraform expressions. */
export interface LaterValues {
  /** A list of the values. */
  readonly values: string;
  /** A list of the values that do not match a format, each with its container and field. */
  readonly offenders: (format: ValueFormat) => string;
}

/** The parts of container definitions that only Terraform can read. */
export interface LaterContainers {
  readonly values: ReadonlyMap<Kind, LaterValues>;
  /** Lists of containers, as Terraform expressions. */
  readonly lists: readonly string[];
  /** A list of the strings that contain these, as a Terraform expression, if there are any. */
  readonly definitions?: string;
}

export function readLater(scope: Construct, { values, unread }: Containers): LaterContainers {
  const later = new Map<Kind, LaterValues[]>(KINDS.map((kind) => [kind, []]));
  for (const kind of KINDS) {
    const texts = values.filter((found) => found.kind === kind && isUnknown(found.value));
    if (texts.length > 0) {
      later.get(kind)?.push(textsOf(scope, kind, texts));
    }
  }
  const lists = unread.map((one, at) => containersIn(scope, at, one));
  const texts = unread.flatMap(({ container }, at) => (isText(container) ? [localOf(scope, idOf(at), container)] : []));
  for (const [at, { fields }] of unread.entries()) {
    const containers = lists[at] ?? "[]";
    for (const field of fields) {
      later.get(field.kind)?.push({
        values: valuesOfFields([field], containers),
        offenders: (format) => offendersOfField(field, format, containers),
      });
    }
  }
  const found = [...later].filter(([, ofKind]) => ofKind.length > 0);
  return {
    values: new Map(found.map(([kind, ofKind]) => [kind, all(scope, kind, ofKind)])),
    lists,
    ...(texts.length > 0 && { definitions: `[${texts.join(", ")}]` }),
  };
}

/** The ARNs that these values add to the fields of `access`, by field, as Terraform expressions for lists. */
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
  const values = `concat(${lists.map(({ values }) => values).join(", ")})`;
  return {
    // Values of other kinds are only checked.
    values: DERIVED_KINDS.includes(kind) ? localOf(scope, `values-${kind}`, `\${${values}}`) : values,
    offenders: (format) => `flatten([${lists.map(({ offenders }) => offenders(format)).join(", ")}])`,
  };
}

/** Unknown values in containers that are known. */
function textsOf(scope: Construct, kind: Kind, found: readonly Found[]): LaterValues {
  const texts = localOf(
    scope,
    `texts-${kind}`,
    found.map(({ container, field, value }) => ({ at: `${container}: ${field}`, value })),
  );
  return {
    values: `${texts}[*].value`,
    offenders: (format) =>
      `[for text in ${texts} : [for value in [text.value] : "\${text.at}: \${${excerpt("value")}}" if !${isGood(format)}]]`,
  };
}

/** A Terraform expression for a list of containers: a single one, or all in a string or in an unknown list. */
function containersIn(scope: Construct, at: number, { container, fields }: Unread): string {
  if (isText(container)) {
    return localOf(scope, `elements-${at}`, `\${${elementsIn(`[${localOf(scope, idOf(at), container)}]`)}}`);
  }
  const local = localOf(
    scope,
    idOf(at),
    typeof container === "string" ? unpacked(container) : fieldsToRead(container, fields),
  );
  return typeof container === "string" ? `flatten(${local})` : `flatten([${local}])`;
}

function idOf(at: number): string {
  return `containers-${at}`;
}

/** Whether this is a string, rather than an unknown list, which CDKTF encodes as a string. */
function isText(container: unknown): container is string {
  return typeof container === "string" && unpacked(container) === container;
}

/** Only those fields of a container that Terraform reads, so that the stack does not repeat its other values. */
function fieldsToRead(container: unknown, fields: Unread["fields"]): unknown {
  const keys = ["name", ...fields.flatMap(({ path }) => path.split(/[.[]/)[0] ?? [])];
  const isPlain = Object.getPrototypeOf(container) === Object.prototype && !Tokenization.reverseMap(container as never);
  return isPlain
    ? Object.fromEntries(Object.entries(container as object).filter(([key]) => keys.includes(key)))
    : container;
}

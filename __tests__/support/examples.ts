import {
  LIST_FIELD_NAMES,
  LIST_FIELDS,
  type ListFieldName,
} from "../../modules/ecs-task-execution-role/permissions/access-fields";

/** A value of a list in `access`, in the form that its error message shows. */
export function exampleOf(field: ListFieldName, region = "us-east-1", name = "orders"): string {
  return LIST_FIELDS[field].form
    .replace("PARTITION", "aws")
    .replace("REGION", region)
    .replace("ACCOUNT", "111122223333")
    .replace(/NAME|KEY$/, name);
}

/** Every list in `access`, with one value. */
export const EVERY_LIST = Object.fromEntries(LIST_FIELD_NAMES.map((field) => [field, [exampleOf(field)]])) as Record<
  ListFieldName,
  string[]
>;

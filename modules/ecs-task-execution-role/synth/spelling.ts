import { ACCESS_FACTS } from "../permissions/facts";

/** The name that an unknown one stands for, if only case, underscores, hyphens or a plural differ: `valueFrom` for `value_from`. */
export function rightSpelling(name: string, names: readonly string[]): string | undefined {
  const plainName = plain(name);
  return names.find((one) => plain(one) === plainName);
}

const plain = (name: string) => name.toLowerCase().replace(SPELLING, "");

/** Between slashes, as Terraform's replace() takes it. */
const SPELLING = new RegExp(ACCESS_FACTS.spelling.slice(1, -1), "g");

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "../package/terraform-module";

/** A block of the Terraform module, such as `variable "path"`, with the arguments that are on one line. */
export interface Block {
  readonly labels: readonly string[];
  readonly arguments: Readonly<Record<string, string>>;
}

/** The blocks of a kind in a file of the module. `terraform fmt` begins and ends each in the first column. */
export function blocksOf(kind: string, file: string): Block[] {
  const text = readFileSync(join(TERRAFORM_MODULE_FOLDER, file), "utf8");
  return [...text.matchAll(new RegExp(`^${kind} ([^{]*)\\{(?:\\n([\\s\\S]*?)^)?\\}$`, "gm"))].map(
    ([, labels = "", body = ""]) => ({
      labels: [...labels.matchAll(/"([^"]+)"/g)].map(([, label = ""]) => label),
      arguments: Object.fromEntries(
        [...body.matchAll(/^ {2}(\w+) += (.+)$/gm)].map(([, name, value = ""]) => [name, value.replace(/^"|"$/g, "")]),
      ),
    }),
  );
}

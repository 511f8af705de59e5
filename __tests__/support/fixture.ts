import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/tools/project";

/** The data in a JSON file of `__tests__/fixtures`. */
export function fixture<Data>(file: string): Data {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, "__tests__", "fixtures", file), "utf8"));
}

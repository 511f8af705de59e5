import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const PROJECT_ROOT = resolve(__dirname, "../..");

export const MAIN_TS = join(PROJECT_ROOT, "main.ts");

/** Downloads and lookups that the scripts keep between runs. Git ignores it. */
export const CACHE_FOLDER = join(PROJECT_ROOT, ".cache");

/** From Node 22 on, cdktf 0.21 makes Node print DEP0044 (its lodash calls `util.isArray`), which users cannot fix. */
export const WITHOUT_DEP0044 = "--disable-warning=DEP0044";

/** Node's arguments for running a TypeScript file from any working directory. */
export const NODE_WITH_TSX = [WITHOUT_DEP0044, "--import", pathToFileURL(require.resolve("tsx")).href];

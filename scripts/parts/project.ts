import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const PROJECT_ROOT = resolve(__dirname, "../..");

export const MAIN_TS = join(PROJECT_ROOT, "main.ts");

/** Downloads and lookups that the scripts keep between runs. Git ignores it. */
export const CACHE_FOLDER = join(PROJECT_ROOT, ".cache");

/**
 * Node's arguments for running a TypeScript file from any working directory. From Node 22 on, cdktf 0.21
 * makes Node print DEP0044 (its lodash calls `util.isArray`), which users of our commands cannot fix.
 */
export const NODE_WITH_TSX = ["--disable-warning=DEP0044", "--import", pathToFileURL(require.resolve("tsx")).href];

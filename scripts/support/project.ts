import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const PROJECT_ROOT = resolve(__dirname, "../..");

export const MAIN_TS = join(PROJECT_ROOT, "main.ts");

/** What the scripts install or look up once and keep between runs; git ignores it. */
export const CACHE_FOLDER = join(PROJECT_ROOT, ".cache");

/** Node's arguments for running a TypeScript file from any working directory. */
export const NODE_WITH_TSX = ["--import", pathToFileURL(require.resolve("tsx")).href];

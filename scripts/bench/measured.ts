import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { WrongUsage } from "../../cli/could-not-check";

/** The median of several measurements. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The folder that an option names, if it does. */
export function existing(folder: string | undefined): string | undefined {
  if (folder !== undefined && !existsSync(folder)) {
    throw new WrongUsage(`There is no folder ${folder}`);
  }
  return folder && resolve(folder);
}

export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

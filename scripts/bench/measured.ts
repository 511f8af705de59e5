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

/** Prints rows in columns: the first on the left, all others on the right. */
export function printTable(rows: readonly Readonly<Record<string, string>>[]): void {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  const width = (at: number) => Math.max(...lines.map((line) => line[at]?.length ?? 0));
  const cell = (value: string, at: number) => (at === 0 ? value.padEnd(width(at)) : value.padStart(width(at)));
  console.log(`\n${lines.map((line) => line.map(cell).join("  ")).join("\n")}`);
}

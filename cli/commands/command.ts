import type { ParseArgsConfig } from "node:util";

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** The number of positional arguments; 0 by default. */
  readonly arguments?: number;
  /** Loads only this command, because the AWS SDK takes long to load. */
  readonly load: () => Promise<{ readonly run: (args: Arguments) => Promise<number> }>;
}

import type { ParseArgsConfig, parseArgs } from "node:util";
import { parsedArguments } from "../../cli/arguments";
import { WrongUsage } from "../../cli/could-not-check";

type Options = NonNullable<ParseArgsConfig["options"]>;

interface CommandLine<O extends Options> {
  /** What `--help` prints. */
  readonly usage: string;
  readonly options?: O;
  readonly allowPositionals?: boolean;
  /** The exit code of a command that fails. */
  readonly failed?: number;
}

type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>["values"];

const WRONG_USAGE = 2;

/**
 * Parses the command line and runs a command. `--help` prints the usage, and an unknown option prints an error and the
 * usage. Other errors are printed without a stack trace.
 *
 * @param command returns its exit code, if that is not 0.
 */
export async function runCommand<O extends Options>(
  { usage, options, allowPositionals = false, failed = 1 }: CommandLine<O>,
  command: (values: Values<O>, positionals: readonly string[]) => Promise<number | undefined>,
): Promise<void> {
  try {
    const help = { help: { type: "boolean", short: "h" } } as const;
    const { values, positionals } = parsedArguments({
      args: process.argv.slice(2),
      options: { ...options, ...help },
      allowPositionals,
    });
    if ("help" in values && values.help) {
      console.log(usage);
      return;
    }
    process.exitCode = await command(values as Values<O>, positionals);
  } catch (error) {
    const { message } = error as Error;
    console.error(error instanceof WrongUsage ? `${message}.\n\n${usage}` : message);
    process.exitCode = error instanceof WrongUsage ? WRONG_USAGE : failed;
  }
}

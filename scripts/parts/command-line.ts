import { type ParseArgsConfig, parseArgs } from "node:util";

interface CommandLine<O extends NonNullable<ParseArgsConfig["options"]>> {
  /** What `--help` prints. */
  readonly usage: string;
  readonly options?: O;
  readonly allowPositionals?: boolean;
  /** The exit code for wrong usage, and where the command itself fails. */
  readonly failed?: number;
}

/**
 * Reads the command line and runs a command: `--help` prints the usage, an unknown option is refused with it. An error
 * of the command is one sentence, without a stack trace.
 */
export async function runCommand<O extends NonNullable<ParseArgsConfig["options"]>>(
  { usage, options, allowPositionals = false, failed = 2 }: CommandLine<O>,
  // biome-ignore lint/suspicious/noExplicitAny: parseArgs infers the values' types from a literal only.
  command: (values: any, positionals: readonly string[]) => Promise<number>,
): Promise<void> {
  const help = { help: { type: "boolean", short: "h" } } as const;
  const parsed = argumentsOf({ options: { ...options, ...help }, allowPositionals });
  if (parsed instanceof Error) {
    console.error(`${parsed.message.split(". ")[0]}.\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (parsed.values.help) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await command(parsed.values, parsed.positionals);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = failed;
  }
}

function argumentsOf<C extends ParseArgsConfig>(config: C): ReturnType<typeof parseArgs<C>> | Error {
  try {
    return parseArgs(config);
  } catch (error) {
    return error as Error;
  }
}

import { version } from "../package.json";
import { parsedArguments } from "./arguments";
import type { Command } from "./commands/command";
import { COMMANDS, OVERVIEW } from "./commands/commands";
import { WrongUsage } from "./could-not-check";
import { failureReason } from "./failure-reason";
import { endProgress, print, printable } from "./terminal";

const DONE = 0;
const COULD_NOT_CHECK = 2;

/** Runs the command that the arguments name, prints its output, and returns its exit code. */
export async function commandLine([name = "", ...rest]: readonly string[]): Promise<number> {
  if (name === "--version") {
    return help(version);
  }
  if (isHelp(name)) {
    return help(COMMANDS[rest[0] ?? ""]?.usage ?? OVERVIEW);
  }
  const command = COMMANDS[name];
  if (!command) {
    return wrong(name ? `There is no command ${name}.` : "Specify a command.", OVERVIEW);
  }
  if (rest.some(isHelp)) {
    return help(command.usage);
  }
  const json = rest.includes("--json");
  try {
    const { run } = await command.load();
    return await run(argumentsOf(command, rest));
  } catch (error) {
    endProgress();
    return error instanceof WrongUsage && !json
      ? wrong(`${error.message}.`, command.usage)
      : couldNotCheck(error as Error, json);
  }
}

function argumentsOf({ options, arguments: most = 0 }: Command, args: readonly string[]) {
  const { values, positionals } = parsedArguments({ args: [...args], options, allowPositionals: true });
  const [unexpected] = positionals.slice(most);
  if (unexpected !== undefined) {
    throw new WrongUsage(`Unexpected argument ${unexpected}`);
  }
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(""));
  if (empty) {
    throw new WrongUsage(`--${empty[0]} needs a value`);
  }
  return { values, positionals };
}

function isHelp(argument: string): boolean {
  return ["--help", "-h", "help"].includes(argument);
}

function help(text: string): number {
  console.log(text);
  return DONE;
}

function wrong(sentence: string, usage: string): number {
  console.error(printable(`${sentence}\n\n${usage}`));
  return COULD_NOT_CHECK;
}

function couldNotCheck(error: Error, json: boolean): number {
  const reason = `Could not check: ${error instanceof WrongUsage ? `${error.message}.` : failureReason(error)}`;
  if (json) {
    print(JSON.stringify({ error: reason }, null, 2));
  } else {
    console.error(printable(reason));
  }
  return COULD_NOT_CHECK;
}

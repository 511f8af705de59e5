import { type ParseArgsConfig, parseArgs } from "node:util";
import { WrongUsage } from "./could-not-check";

/** @throws WrongUsage if an option is unknown or lacks its value. */
export function parsedArguments(config: ParseArgsConfig) {
  try {
    return parseArgs(config);
  } catch (error) {
    // The sentence after the first is about arguments that begin with a dash.
    const [message = ""] = (error as Error).message.split(". ");
    throw new WrongUsage(
      message.replace(/^Option '(?:-\w, )?(--[\w-]+) <value>' argument missing$/, "$1 needs a value"),
    );
  }
}

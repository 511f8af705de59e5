import type { Command } from "./command";

const TEXT = { type: "string" } as const;
const SWITCH = { type: "boolean" } as const;

export const COMMANDS: Readonly<Record<string, Command>> = {
  verify: {
    summary: "Is a role of this library in the account as it should be?",
    usage: `Usage: ecs-task-execution-role verify ROLE [--json]
       ecs-task-execution-role verify [ROLE] --from cdktf.out|FILE [--json]

Compares a role in the account with the workshop's four managed policies, or with what an app or a module should
have made.

Options:
  --from cdktf.out  the roles of a synthesized app; ROLE names one of them
  --from FILE       the roles in what terraform output -json printed
  --json            print JSON

Exit codes: 0 as expected, 1 it differs, 2 could not check.`,
    options: { from: TEXT, json: SWITCH },
    load: () => import("./verify.js"),
  },
  picture: {
    summary: "The roles of a synthesized app as a Mermaid drawing.",
    usage: `Usage: ecs-task-execution-role picture [FOLDER]

Draws the execution roles in the output folder of an app (default: cdktf.out).`,
    options: {},
    load: () => import("./picture.js"),
  },
};

export const OVERVIEW = `Usage: ecs-task-execution-role COMMAND

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`)
  .join("\n")}

ecs-task-execution-role COMMAND --help explains a command. AWS credentials and the Region come from the usual settings.`;

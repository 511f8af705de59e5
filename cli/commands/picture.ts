import { CouldNotCheck } from "../could-not-check";
import { picture } from "../verify/picture";
import type { Arguments } from "./command";

/** Draws the execution roles of a synthesized app. */
export async function run({ positionals: [outputFolder = "cdktf.out"] }: Arguments): Promise<number> {
  try {
    console.log(picture(outputFolder));
    return 0;
  } catch (error) {
    throw new CouldNotCheck(
      `the roles in ${outputFolder} cannot be drawn (${(error as Error).message}); synthesize the app first`,
    );
  }
}

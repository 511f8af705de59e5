import { writePart } from "./docs/generated-part";
import { PARTS } from "./docs/parts";
import { runCommand } from "./tools/command-line";

const usage = `Regenerates the generated parts of the documentation from the source, where they changed.

  npm run docs`;

void runCommand({ usage }, async () => {
  let changed = 0;
  for (const part of PARTS) {
    if (await writePart(part)) {
      changed += 1;
      console.log(`Wrote ${part.file}: ${part.name}`);
    }
  }
  console.log(changed === 0 ? "The generated documentation is up to date." : `Wrote ${changed} generated parts.`);
  return 0;
});

import { writePart } from "./docs/generated-part";
import { PARTS } from "./docs/parts";

async function main(): Promise<void> {
  let changed = 0;
  for (const part of PARTS) {
    if (await writePart(part)) {
      changed += 1;
      console.log(`Wrote ${part.file}: ${part.name}`);
    }
  }
  console.log(changed === 0 ? "The generated documentation is up to date." : `Wrote ${changed} generated parts.`);
}

void main();

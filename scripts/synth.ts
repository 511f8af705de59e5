import { join, relative } from "node:path";
import { contentsOf, stacksIn } from "../cli/verify/synthesized";
import { runCommand } from "./tools/command-line";
import { PROJECT_ROOT } from "./tools/project";

const usage = `Writes Terraform JSON for main.ts to cdktf.out/, or to the folder in CDKTF_OUTDIR.

  npm run synth`;

void runCommand({ usage }, async () => {
  const outputFolder = process.env.CDKTF_OUTDIR || join(PROJECT_ROOT, "cdktf.out");
  process.env.CDKTF_OUTDIR = outputFolder;
  require("../main");
  for (const { name, file, json, warnings } of stacksIn(outputFolder)) {
    console.log(`Synthesized ${name}: ${relative(process.cwd(), file)}\n  ${contentsOf(json)}`);
    for (const warning of warnings) {
      console.log(`  Warning: ${warning}`);
    }
    const folder = relative(process.cwd(), join(file, ".."));
    console.log(`Next: npm run deploy, or: cd ${folder} && terraform init && terraform apply`);
  }
  return 0;
});

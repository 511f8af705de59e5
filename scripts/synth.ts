import { join, relative } from "node:path";
import { describeStacks } from "../cli/verify/synthesized";
import { PROJECT_ROOT } from "./parts/project";

const outputFolder = process.env.CDKTF_OUTDIR || join(PROJECT_ROOT, "cdktf.out");
process.env.CDKTF_OUTDIR = outputFolder;

try {
  require("../main");
  const stacks = describeStacks(outputFolder);
  for (const { name, file, holds, warnings } of stacks) {
    console.log(`Synthesized ${name}: ${relative(process.cwd(), file)}\n  ${holds}`);
    for (const warning of warnings) {
      console.log(`  Warning: ${warning}`);
    }
    const folder = relative(process.cwd(), join(file, ".."));
    console.log(`Next: npm run deploy, or: cd ${folder} && terraform init && terraform apply`);
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

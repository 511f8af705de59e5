import { picture } from "./verify/picture";

const [outputFolder = "cdktf.out"] = process.argv.slice(2);

try {
  console.log(picture(outputFolder));
} catch (error) {
  console.error(`There is no picture of ${outputFolder}: ${(error as Error).message}. Make it by npm run synth.`);
  process.exitCode = 1;
}

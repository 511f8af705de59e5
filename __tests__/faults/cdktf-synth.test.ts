import { endToEnd } from "../support/end-to-end";
import { synthesizeProject } from "../support/synthesize-project";

endToEnd("npx cdktf synth", (tools) => {
  test("synthesizes main.ts to the same JSON as npm run synth, except for the path of its state", async () => {
    const byNpm = await synthesizeProject(tools, "by-npm", "npm", "run", "--silent", "synth");
    const byCdktf = await synthesizeProject(tools, "by-cdktf", "npx", "--no-install", "cdktf", "synth");
    const anywhere = (json: string) => json.replaceAll(/by-(npm|cdktf)/g, "project");
    expect(anywhere(byCdktf.json)).toBe(anywhere(byNpm.json));
  });
});

import { startDemo } from "../support/demo";
import { endToEnd } from "../support/end-to-end";
import { processesWith, waitFor } from "../support/processes";

endToEnd("npm run demo", (parts) => {
  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("leaves no process behind on %s", async (signal) => {
    const marker = `killed-by-${signal}`;
    const demo = startDemo(parts.folder, marker);
    await waitFor("it deploys", () => demo.output().includes("4. Deploying"));
    const ofDemo = () => processesWith(`DEMO_MARKER=${marker}`);
    await waitFor("Terraform runs", async () => (await ofDemo()).some((line) => line.includes("terraform")));
    demo.child.kill(signal);
    await demo.ended;
    await waitFor("all its processes are gone", async () => (await ofDemo()).length === 0);
  });
});

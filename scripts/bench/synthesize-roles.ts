import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";

/** An app of as many roles as its first argument says; prints its peak memory in kB. */
export function synthesizeRoles(addRole: (stack: TerraformStack, id: string) => void): void {
  const app = new App();
  const stack = new TerraformStack(app, "bench");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  for (let i = 0; i < Number(process.argv[2]); i += 1) {
    addRole(stack, `role-${i}`);
  }
  app.synth();
  console.log(process.resourceUsage().maxRSS);
}

import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { succeed } from "../../scripts/tools/child-process";
import { AWS_PROVIDER_VERSIONS } from "../../scripts/tools/terraform/terraform";
import type { RealTools } from "./end-to-end";
import { RootModule } from "./root-module";

/** A stack that is synthesized repeatedly into one folder with one state, like a user's stack. */
export class Workspace extends RootModule {
  constructor(
    tools: RealTools,
    private readonly name: string,
  ) {
    super(tools, join(tools.folder, name, "stacks", name));
  }

  /** Writes the stack's Terraform JSON. */
  synthesize(build: (stack: TerraformStack) => void): void {
    const app = new App({ outdir: join(this.tools.folder, this.name) });
    const stack = new TerraformStack(app, this.name);
    new LocalBackend(stack, { path: join(this.tools.folder, this.name, "terraform.tfstate") });
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    stack.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSIONS);
    build(stack);
    app.synth();
  }

  /** The addresses in the state, without data sources. */
  async resources(): Promise<string[]> {
    const { stdout } = succeed(await this.terraform("state", "list"));
    return stdout.split("\n").filter((address) => address !== "" && !address.startsWith("data."));
  }
}

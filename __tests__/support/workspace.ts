import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { type Finished, run, succeed } from "../../scripts/support/child-process";
import { AWS_PROVIDER_VERSIONS } from "../../scripts/support/terraform";
import type { RealParts } from "./end-to-end";

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: object };
}

export interface Plan {
  /** The changes that do something: reads and no-ops are left out. */
  readonly changes: readonly ResourceChange[];
  readonly json: PlanJson;
}

export interface PlanJson {
  readonly planned_values: {
    readonly root_module: PlannedModule;
    readonly outputs?: Record<string, { readonly value?: unknown }>;
  };
  readonly resource_changes?: readonly ResourceChange[];
}

export interface PlannedModule {
  readonly address?: string;
  readonly resources?: readonly {
    readonly address: string;
    readonly type: string;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  readonly child_modules?: readonly PlannedModule[];
}

/** A stack that is written again and again into one folder, with one state, as a user's is. */
export class Workspace {
  public readonly folder: string;
  private initialized = false;

  constructor(
    private readonly parts: RealParts,
    private readonly name: string,
  ) {
    this.folder = join(parts.folder, name, "stacks", name);
  }

  /** Writes the stack's Terraform JSON. */
  synthesize(build: (stack: TerraformStack) => void): void {
    const app = new App({ outdir: join(this.parts.folder, this.name) });
    const stack = new TerraformStack(app, this.name);
    new LocalBackend(stack, { path: join(this.parts.folder, this.name, "terraform.tfstate") });
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    stack.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSIONS);
    build(stack);
    app.synth();
  }

  /** Runs `terraform` in the stack's folder, however it ends. */
  async terraform(...args: readonly string[]): Promise<Finished> {
    if (!this.initialized) {
      succeed(await this.run("init", "-input=false"));
      this.initialized = true;
    }
    return this.run(...args);
  }

  async apply(): Promise<Finished> {
    return succeed(await this.terraform("apply", "-input=false", "-auto-approve"));
  }

  async destroy(): Promise<Finished> {
    return succeed(await this.terraform("destroy", "-input=false", "-auto-approve"));
  }

  async plan(): Promise<Plan> {
    succeed(await this.terraform("plan", "-input=false", "-out=plan"));
    const { stdout } = succeed(await this.terraform("show", "-json", "plan"));
    const json = JSON.parse(stdout) as PlanJson;
    const changes = (json.resource_changes ?? []).filter(
      ({ change }) => !["no-op", "read"].includes(change.actions.join()),
    );
    return { changes, json };
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = succeed(await this.terraform("output", "-json"));
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The addresses in the state, without data sources. */
  async resources(): Promise<string[]> {
    const { stdout } = succeed(await this.terraform("state", "list"));
    return stdout.split("\n").filter((address) => address !== "" && !address.startsWith("data."));
  }

  private run(...args: readonly string[]): Promise<Finished> {
    const [command = "", ...rest] = args;
    const noColor = ["output", "state"].includes(command) ? [] : ["-no-color"];
    return run(this.parts.terraform.command, [command, ...noColor, ...rest], {
      cwd: this.folder,
      env: this.parts.environment,
    });
  }
}

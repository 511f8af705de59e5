import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { type Finished, run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import type { RealTools } from "./end-to-end";

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: object;
    readonly after?: Readonly<Record<string, unknown>>;
    /** True for each sensitive value in `after`. */
    readonly after_sensitive?: Readonly<Record<string, unknown>>;
    readonly importing?: object;
  };
}

export interface Plan {
  /** Every resource that the plan creates, updates, deletes or imports. */
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

/** A root module of plain Terraform, without Node.js. */
export class RootModule {
  constructor(
    protected readonly tools: RealTools,
    public readonly folder: string,
  ) {}

  async write(file: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, file), text);
  }

  /** Writes a Terraform file of `__tests__/fixtures` as `main.tf`. */
  async writeFixture(file: string): Promise<void> {
    await this.write("main.tf", readFileSync(join(PROJECT_ROOT, "__tests__", "fixtures", file), "utf8"));
  }

  /** Copies the Terraform module into a folder of the root module. */
  async writeModule(folder: string): Promise<void> {
    await cp(TERRAFORM_MODULE_FOLDER, join(this.folder, folder), { recursive: true });
  }

  /** Runs `terraform`, after `init` if necessary. Does not throw if the command fails. */
  async terraform(...args: readonly string[]): Promise<Finished> {
    if (args[0] !== "init" && !existsSync(join(this.folder, ".terraform"))) {
      succeed(await this.run("init", "-input=false"));
    }
    return this.run(...args);
  }

  async apply(...args: readonly string[]): Promise<Finished> {
    return succeed(await this.terraform("apply", "-input=false", "-auto-approve", ...args));
  }

  async destroy(...args: readonly string[]): Promise<Finished> {
    return succeed(await this.terraform("destroy", "-input=false", "-auto-approve", ...args));
  }

  /** Plans, and reads the plan. To check that nothing changes, {@link expectNoChanges} is faster. */
  async plan(...args: readonly string[]): Promise<Plan> {
    succeed(await this.terraform("plan", "-input=false", "-out=plan", ...args));
    const { stdout } = succeed(await this.terraform("show", "-json", "plan"));
    const json = JSON.parse(stdout) as PlanJson;
    const changes = (json.resource_changes ?? []).filter(
      ({ change }) => !["no-op", "read"].includes(change.actions.join()) || change.importing,
    );
    return { json, changes };
  }

  /** Throws an error with Terraform's plan if that has any changes, including those of outputs. */
  async expectNoChanges(...args: readonly string[]): Promise<void> {
    const { code, output } = await this.terraform("plan", "-input=false", "-detailed-exitcode", ...args);
    if (code !== 0) {
      const news = output.replaceAll(/^.*: (Reading\.\.\.|Read complete .*|Refreshing state\.\.\. .*)\n/gm, "");
      throw new Error(`Expected a plan without changes, in ${this.folder}:\n${news}`);
    }
  }

  /** The dependencies of each node in the graph of the plan, by address. The expansion of a node counts as the node. */
  async dependencies(): Promise<(address: string) => string[]> {
    const { stdout } = succeed(await this.terraform("graph", "-type=plan"));
    const edges = [...stdout.matchAll(/"\[root\] ([^" ]+)[^"]*" -> "\[root\] ([^" ]+)/g)];
    return (address) => edges.filter(([, from]) => from === address).map(([, , to = ""]) => to);
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = succeed(await this.terraform("output", "-json"));
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private run(...args: readonly string[]): Promise<Finished> {
    const [command = "", ...rest] = args;
    const noColor = ["output", "state"].includes(command) ? [] : ["-no-color"];
    return run(this.tools.terraform.command, [command, ...noColor, ...rest], {
      cwd: this.folder,
      env: { ...this.tools.environment, TF_REATTACH_PROVIDERS: this.tools.reattach },
    });
  }
}

/** A root module of plain Terraform, with a copy of the Terraform module in `./role`. */
export async function rootWithModule(tools: RealTools, folder: string): Promise<RootModule> {
  const root = new RootModule(tools, folder);
  await root.writeModule("role");
  return root;
}

/** One of the module's examples, in a copy of the module. */
export async function exampleOfModule(tools: RealTools, name: string): Promise<RootModule> {
  const copy = join(tools.folder, "module");
  await cp(TERRAFORM_MODULE_FOLDER, copy, { recursive: true });
  return new RootModule(tools, join(copy, "examples", name));
}

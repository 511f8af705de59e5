import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finished, run, succeed } from "../../scripts/support/child-process";
import type { RealParts } from "./end-to-end";
import type { Plan, PlanJson } from "./workspace";

/** A folder of plain Terraform, as somebody who has never seen Node has it. */
export class RootModule {
  constructor(
    private readonly parts: RealParts,
    public readonly folder: string,
  ) {}

  async write(file: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, file), text);
  }

  /** Runs `terraform` here, however it ends. */
  async terraform(...args: readonly string[]): Promise<Finished> {
    if (!existsSync(join(this.folder, ".terraform"))) {
      succeed(await this.run("init", "-input=false", "-no-color"));
    }
    return this.run(...args);
  }

  async apply(...args: readonly string[]): Promise<Finished> {
    return succeed(await this.terraform("apply", "-no-color", "-input=false", "-auto-approve", ...args));
  }

  async destroy(...args: readonly string[]): Promise<void> {
    succeed(await this.terraform("destroy", "-no-color", "-input=false", "-auto-approve", ...args));
  }

  /** The plan; imports count as changes. */
  async plan(...args: readonly string[]): Promise<Plan> {
    succeed(await this.terraform("plan", "-no-color", "-input=false", "-out=plan", ...args));
    const { stdout } = succeed(await this.terraform("show", "-json", "plan"));
    const json = JSON.parse(stdout) as PlanJson;
    const changes = (json.resource_changes ?? []).filter(
      ({ change }) => !["no-op", "read"].includes(change.actions.join()) || change.importing,
    );
    return { json, changes };
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = succeed(await this.terraform("output", "-json"));
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private run(...args: readonly string[]): Promise<Finished> {
    return run(this.parts.terraform.command, args, { cwd: this.folder, env: this.parts.environment });
  }
}

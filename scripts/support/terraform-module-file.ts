import { join } from "node:path";
import { terraformModule } from "../../modules/ecs-task-execution-role/terraform-module";
import { PROJECT_ROOT } from "./project";

export const TERRAFORM_MODULE_FOLDER = join(PROJECT_ROOT, "modules", "ecs-task-execution-role", "terraform");

export const TERRAFORM_MODULE_FILE = join(TERRAFORM_MODULE_FOLDER, "main.tf.json");

export function terraformModuleText(): string {
  return `${JSON.stringify(terraformModule(), null, 2)}\n`;
}

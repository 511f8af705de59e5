import { join } from "node:path";
import { PROJECT_ROOT } from "../tools/project";

export const TERRAFORM_MODULE_FOLDER = join(PROJECT_ROOT, "modules", "ecs-task-execution-role", "terraform");

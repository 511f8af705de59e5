import { bugs, version } from "../package.json";

const REPOSITORY = bugs.replace(/\/issues$/, "");

/** The source of the module in a Terraform configuration. */
export const MODULE_SOURCE = `git::${REPOSITORY}.git//modules/ecs-task-execution-role/terraform?ref=v${version}`;

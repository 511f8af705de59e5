import { bugs, version } from "../package.json";

const REPOSITORY = bugs.replace(/\/issues$/, "");

/** Where a Terraform configuration takes the module from. */
export const MODULE_SOURCE = `git::${REPOSITORY}.git//modules/ecs-task-execution-role/terraform?ref=v${version}`;

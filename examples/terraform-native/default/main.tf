# The workshop's role: four AWS managed policies.
module "execution_role" {
  source = "../../../modules/ecs-task-execution-role/terraform"

  role_name = "fcjEcsTaskExecutionRole"
}

output "role_arn" {
  value = module.execution_role.role_arn
}

output "policy_arns" {
  value = module.execution_role.policy_arns
}

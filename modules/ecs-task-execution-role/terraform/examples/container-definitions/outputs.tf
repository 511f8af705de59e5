output "role_arn" {
  description = "ARN of the role, available once its policy is attached."
  value       = module.execution_role.role_arn
}

output "access_policy" {
  description = "Access policy of the role, as JSON."
  value       = module.execution_role.access_policy
}

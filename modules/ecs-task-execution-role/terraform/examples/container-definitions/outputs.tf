output "role_arn" {
  description = "ARN of the role, once its policy is attached."
  value       = module.execution_role.role_arn
}

output "access_policy" {
  description = "What the role allows, as JSON."
  value       = module.execution_role.access_policy
}

output "role_arn" {
  description = "ARN of the imported role."
  value       = module.execution_role.role_arn
}

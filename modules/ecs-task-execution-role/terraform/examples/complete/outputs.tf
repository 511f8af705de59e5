output "role_arn" {
  description = "ARN of the least privilege role, available once its policy is attached."
  value       = module.execution_role.role_arn
}

output "access_policy" {
  description = "Access policy of the least privilege role, as JSON."
  value       = module.execution_role.access_policy
}

output "service_role_arns" {
  description = "ARN of the role of each service."
  value       = { for service, role in module.service_execution_role : service => role.role_arn }
}

output "workshop_policy_arns" {
  description = "ARNs of the four AWS managed policies."
  value       = module.workshop_execution_role.policy_arns
}

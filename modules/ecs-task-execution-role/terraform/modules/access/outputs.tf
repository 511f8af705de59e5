output "statements" {
  description = "Statements of the access policy, in groups: each statement has a sid, actions, resources and conditions."
  # Terraform does not iterate over sensitive values.
  value = { for group, rows in local.granted : group => nonsensitive(sensitive(rows)) }
}

output "faults" {
  description = "What is wrong with access, in sentences, by field and by kind of value in container definitions."
  value       = local.faults
}

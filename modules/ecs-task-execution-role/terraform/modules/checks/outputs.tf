output "faults" {
  description = "What is wrong, in sentences, by subject."
  value       = local.faults
}

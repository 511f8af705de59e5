variable "label" {
  description = "The role's label in errors. If it is unknown, the errors are unknown too."
  type        = string
}

variable "checks" {
  description = "Map of subjects to lists of { at, value, rule }: which values must match which rules. See README.md."
  type        = any
}

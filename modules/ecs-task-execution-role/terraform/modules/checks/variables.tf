variable "label" {
  description = "What errors call the role. They wait for a name that is not known yet."
  type        = string
}

variable "checks" {
  description = "By subject, a list of { at, value, rule }: which values must match which rules. See README.md."
  type        = any
}

variable "role" {
  description = "The role's label in errors, its partition, Region and account, and the Sids of its known statements, which the module does not return."
  type        = object({ label = string, partition = string, region = string, account = string, known = optional(set(string), []) })
}

variable "access" {
  description = "Resources that ECS can access on behalf of the task: the variable access of the module."
  type        = any
}

variable "role" {
  description = "What errors call the role, such as: role \"orders\", and where the role and its task are."
  type        = object({ label = string, partition = string, region = string, account = string })
}

variable "access" {
  description = "Resources that ECS can access on behalf of the task: the variable access of the module."
  type        = any
}

variable "known" {
  description = "Sids of statements that the caller already has; the module returns the others."
  type        = set(string)
  default     = []
}

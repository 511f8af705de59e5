variable "role" {
  description = "What errors call the role, such as: role \"orders\"."
  type        = string
}

variable "access" {
  description = "Resources that ECS can access on behalf of the task: the variable access of the module."
  type        = any
}

variable "location" {
  description = "Where the role and its task are."
  type        = object({ partition = string, region = string, account = string })
}

variable "known" {
  description = "Sids of statements that the caller already has; the module returns the others."
  type        = set(string)
  default     = []
}

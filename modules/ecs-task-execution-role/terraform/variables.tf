variable "role_name" {
  description = "Name of the role: 1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -. Conflicts with a prefix. Changing it replaces the role."
  type        = string
  default     = null
}

variable "role_name_prefix" {
  description = "Prefix of a generated name, used verbatim: 1 to 38 characters from the same set. Changing it replaces the role."
  type        = string
  default     = null
}

variable "path" {
  description = "IAM path of the role and its access policy, such as /ecs/orders/, at most 512 characters. Changing it replaces the role."
  type        = string
  default     = null
}

variable "description" {
  description = "Description of the role: at most 1000 Latin-1 characters."
  type        = string
  default     = null
}

variable "max_session_duration" {
  description = "Maximum session duration of the role in seconds, 3600 to 43200. It does not limit the sessions that ECS opens."
  type        = number
  default     = null
}

variable "permissions_boundary" {
  description = "ARN of the managed policy to set as the permissions boundary of the role."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the role and its access policy, at most 50. Keys have 1 to 128 characters, and values up to 256."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "force_detach_policies" {
  description = "Whether destroying the role also detaches policies that were attached after the last refresh. Policies that the last refresh found are always detached, so false does not protect the role from being destroyed; prevent_destroy does."
  type        = bool
  default     = false
  nullable    = false
}

variable "managed_policies" {
  description = "Map of managed policies to attach. Each value is the name of an AWS managed policy, including its path, or the ARN of any managed policy. The key is part of the address of the attachment."
  type        = map(string)
  default     = null
}

variable "access" {
  description = "Resources that ECS can access on behalf of the task. The role gets one customer managed policy that allows this access and nothing else (least privilege). Lists take ARNs; container_definitions takes the task's container definitions. Its fields: image_repositories, pull_through_cache_repositories, vpc_endpoints, log_groups, secrets, parameters, decryption_keys, environment_files, credential_specs, bucket_owners, fsx_file_systems, guard_duty_agent, create_log_groups, container_definitions."
  default     = null

  validation {
    condition     = var.access == null || can(keys(var.access))
    error_message = "access: must be an object. Fix: write it as { field = value }."
  }
}

variable "trust" {
  description = "Restricts the tasks for which ECS can assume the role, by account (aws:SourceAccount, 12 digits) and by ECS ARN (aws:SourceArn). Its fields: source_accounts, source_arns."
  default     = null

  validation {
    condition     = var.trust == null || can(keys(var.trust))
    error_message = "trust: must be an object. Fix: write it as { field = value }."
  }
}

variable "exclusive" {
  description = "Whether the next apply removes all inline policies and all policies that were attached outside Terraform."
  type        = bool
  default     = false
  nullable    = false
}

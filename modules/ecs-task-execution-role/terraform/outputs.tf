output "role_arn" {
  description = "ARN of the role, available once every policy is attached. Use it in task definitions."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy_attachment.managed, aws_iam_role_policy_attachment.access, aws_iam_policy.access]
}

output "principal_arn" {
  description = "ARN of the role, available before the policies are attached. Use it in the policies of KMS keys, secrets and repositories."
  value       = aws_iam_role.this.arn
}

output "role_name" {
  description = "Name of the role, including a generated name."
  value       = aws_iam_role.this.name

  # The role reports all faults at once. While that waits for an unknown value, these report the faults that do not depend on it.
  precondition {
    condition     = length(module.checks.faults.role) == 0
    error_message = join("\n", module.checks.faults.role)
  }
  precondition {
    condition     = length(module.checks.faults.permissions_boundary) == 0
    error_message = join("\n", module.checks.faults.permissions_boundary)
  }
  precondition {
    condition     = length(module.checks.faults.managed_policies) == 0
    error_message = join("\n", module.checks.faults.managed_policies)
  }
  precondition {
    condition     = length(concat(module.checks.faults.tags, module.checks.faults.trust)) == 0
    error_message = join("\n", concat(module.checks.faults.tags, module.checks.faults.trust))
  }
}

output "role_unique_id" {
  description = "Unique ID of the role. It changes when the role is replaced, even if the name stays the same."
  value       = aws_iam_role.this.unique_id
}

output "policy_arns" {
  description = "Map of the ARNs of all attached policies. The keys are those of managed_policies, and access for the access policy."
  value = merge(
    { for key, attachment in aws_iam_role_policy_attachment.managed : key => attachment.policy_arn },
    { for attachment in aws_iam_role_policy_attachment.access : "access" => attachment.policy_arn }
  )
}

output "pass_role_policy" {
  description = "IAM policy, as JSON, for the principal that deploys tasks. It allows iam:PassRole on this role, to ECS tasks only."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PassTaskExecutionRole", Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.this.arn
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
  })
}

output "key_policy_statement" {
  description = "Statement, as JSON, for a key policy. It allows the role (principal_arn) to decrypt through Secrets Manager, SSM and S3 only."
  value = jsonencode({
    Sid       = "DecryptForTaskExecutionRole", Effect = "Allow", Principal = { AWS = aws_iam_role.this.arn }, Action = "kms:Decrypt", Resource = "*"
    Condition = { StringLike = { "kms:ViaService" = ["secretsmanager.*", "ssm.*", "s3.*"] } }
  })
}

output "repository_policy_statement" {
  description = "Statement, as JSON, for a repository policy in another account. It allows the role (principal_arn) to pull images."
  value = jsonencode({
    Sid    = "PullForTaskExecutionRole", Effect = "Allow", Principal = { AWS = aws_iam_role.this.arn }
    Action = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
  })
}

output "assume_role_policy" {
  description = "Trust policy of the role, as JSON."
  value       = data.aws_iam_policy_document.assume_role_policy.json
}

output "access_policy" {
  description = "Access policy of the role, as JSON; null if access is not set."
  value       = one(data.aws_iam_policy_document.access[*].json)

  # As in role_name, these report the faults of access that do not depend on an unknown value.
  depends_on = [aws_iam_policy.access]

  precondition {
    condition     = length(try(module.access[0].faults.structure, [])) == 0
    error_message = join("\n", try(module.access[0].faults.structure, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.images, [])) == 0
    error_message = join("\n", try(module.access[0].faults.images, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.restrictions, [])) == 0
    error_message = join("\n", try(module.access[0].faults.restrictions, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.logs, [])) == 0
    error_message = join("\n", try(module.access[0].faults.logs, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.secrets, [])) == 0
    error_message = join("\n", try(module.access[0].faults.secrets, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.parameters, [])) == 0
    error_message = join("\n", try(module.access[0].faults.parameters, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.decryption_keys, [])) == 0
    error_message = join("\n", try(module.access[0].faults.decryption_keys, []))
  }
  precondition {
    condition     = length(try(module.access[0].faults.files, [])) == 0
    error_message = join("\n", try(module.access[0].faults.files, []))
  }
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# Reading the account is a call to AWS, and only access needs the account.
data "aws_caller_identity" "current" {
  count = var.access == null ? 0 : 1
}

locals {
  # From the role's ARN, which stays known. If depends_on on the module defers the data source, its partition is known after
  # apply, and an unknown policy ARN replaces the attachment. With create_before_destroy, Terraform destroys the old attachment
  # of the same policy last, so the role would lose the policy. The ARN of a mocked role has no partition.
  partition = try(regex("^arn:([^:]+):", aws_iam_role.this.arn)[0], data.aws_partition.current.partition)

  # By default, the four AWS managed policies of the AWS workshop.
  managed_policies = coalesce(var.managed_policies, {
    for key, policy in {
      AmazonECSTaskExecutionRolePolicy   = "service-role/AmazonECSTaskExecutionRolePolicy"
      AmazonEC2ContainerRegistryReadOnly = "AmazonEC2ContainerRegistryReadOnly"
      CloudWatchLogsFullAccess           = "CloudWatchLogsFullAccess"
      SecretsManagerReadWrite            = "SecretsManagerReadWrite"
    } : key => policy if var.access == null
  })
}

resource "aws_iam_role" "this" {
  name        = var.role_name
  name_prefix = var.role_name_prefix
  path        = var.path
  description = var.description

  assume_role_policy    = data.aws_iam_policy_document.assume_role_policy.json
  max_session_duration  = var.max_session_duration
  permissions_boundary  = var.permissions_boundary
  force_detach_policies = var.force_detach_policies
  tags                  = var.tags

  lifecycle {
    # The faults of access are on the access policy, because values in access can refer to the role.
    precondition {
      condition     = length(flatten([for subject, faults in module.checks.faults : faults if subject != "access_policy"])) == 0
      error_message = join("\n", flatten([for subject, faults in module.checks.faults : faults if subject != "access_policy"]))
    }
  }
}

data "aws_iam_policy_document" "assume_role_policy" {
  # It has no Sid because the console's has none, so that an imported role does not change.
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    dynamic "condition" {
      for_each = nonsensitive(sensitive({ for field, values in local.trust : field => values if length(values) > 0 }))

      content {
        test     = { source_accounts = "StringEquals", source_arns = "ArnLike" }[condition.key]
        variable = { source_accounts = "aws:SourceAccount", source_arns = "aws:SourceArn" }[condition.key]
        values   = sort(distinct(condition.value))
      }
    }
  }
}

resource "aws_iam_role_policy_attachment" "managed" {
  # The policies are not secret, and Terraform does not iterate over sensitive values.
  for_each = { for key, policy in nonsensitive(sensitive(local.managed_policies)) : key => nonsensitive(sensitive(policy)) }

  # The ID, unlike the name, is unknown when the role is replaced, so that its attachments are replaced too.
  role       = aws_iam_role.this.id
  policy_arn = startswith(each.value, "arn:") ? each.value : "arn:${local.partition}:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy_attachments_exclusive" "this" {
  count = var.exclusive ? 1 : 0

  role_name   = aws_iam_role.this.id
  policy_arns = concat(values(aws_iam_role_policy_attachment.managed)[*].policy_arn, aws_iam_role_policy_attachment.access[*].policy_arn)

  # The role keeps its other policies until it has its own. In Terraform 1.5, an attachment that does not change does not pass
  # on that the update of its policy failed, so the policy is listed too.
  depends_on = [aws_iam_role_policy_attachment.managed, aws_iam_role_policy_attachment.access, aws_iam_policy.access]
}

resource "aws_iam_role_policies_exclusive" "this" {
  count = var.exclusive ? 1 : 0

  role_name    = aws_iam_role.this.id
  policy_names = []
  depends_on   = [aws_iam_role_policy_attachment.managed, aws_iam_role_policy_attachment.access, aws_iam_policy.access]
}

module "access" {
  source = "./modules/access"
  count  = var.access == null ? 0 : 1

  access = var.access
  role = {
    label  = local.label, partition = data.aws_partition.current.partition
    region = data.aws_region.current.id, account = data.aws_caller_identity.current[0].account_id
  }
}

# While the statements of a group are not known, the plan hides the document with them, but not those of other groups.
data "aws_iam_policy_document" "statements" {
  for_each = toset(nonsensitive(sensitive(var.access == null)) ? [] : ["images", "logs", "secrets", "files"])

  dynamic "statement" {
    for_each = module.access[0].statements[each.key]

    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = statement.value.resources

      dynamic "condition" {
        for_each = statement.value.conditions

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

data "aws_iam_policy_document" "access" {
  count = var.access == null ? 0 : 1

  source_policy_documents = [for group in ["images", "logs", "secrets", "files"] : data.aws_iam_policy_document.statements[group].json]
}

resource "aws_iam_policy" "access" {
  count = var.access == null ? 0 : 1

  name   = "${aws_iam_role.this.name}-access"
  path   = var.path
  policy = data.aws_iam_policy_document.access[0].json
  tags   = var.tags

  lifecycle {
    precondition {
      condition     = length(concat(module.checks.faults.access_policy, values(module.access[0].faults)...)) == 0
      error_message = join("\n", concat(module.checks.faults.access_policy, values(module.access[0].faults)...))
    }
    # Without whitespace, as IAM counts it.
    precondition {
      condition     = length(replace(data.aws_iam_policy_document.access[0].json, "/\\s/", "")) <= local.rules.role.access_policy.at_most
      error_message = "${local.label}: access: got a policy of ${length(replace(data.aws_iam_policy_document.access[0].json, "/\\s/", ""))} characters; must ${local.rules.role.access_policy.must}. Fix: ${local.rules.role.access_policy.fix}."
    }
  }
}

resource "aws_iam_role_policy_attachment" "access" {
  count = var.access == null ? 0 : 1

  role       = aws_iam_role.this.id
  policy_arn = aws_iam_policy.access[0].arn
}

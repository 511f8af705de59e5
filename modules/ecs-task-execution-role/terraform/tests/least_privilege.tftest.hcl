mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/orders-access" }
  }
}

variables {
  role_name = "orders"
}

run "every_field" {
  variables {
    path = "/ecs/"
    tags = { team = "orders" }
    access = {
      image_repositories              = ["arn:aws:ecr:us-east-1:111122223333:repository/orders"]
      pull_through_cache_repositories = ["arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*"]
      guard_duty_agent                = true
      log_groups                      = ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders"]
      create_log_groups               = true
      secrets = [
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:db",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf:key::",
      ]
      parameters        = ["arn:aws:ssm:us-east-1:111122223333:parameter//orders/flags"]
      decryption_keys   = ["arn:aws:kms:us-east-1:111122223333:key/1a2b"]
      environment_files = ["arn:aws:s3:::config/orders.env"]
    }
  }

  assert {
    condition = { for statement in flatten(values(module.access[0].statements)) : statement.sid => toset(statement.resources) } == {
      RegistryLogin = toset(["*"])
      PullImages = toset([
        "arn:aws:ecr:us-east-1:111122223333:repository/orders",
        "arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*",
      ])
      PullGuardDutyAgent = toset(["arn:aws:ecr:*:*:repository/aws-guardduty-agent-fargate"])
      ImportImages       = toset(["arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*"])
      WriteLogs          = toset(["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:*"])
      CreateLogGroups = toset([
        "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders",
        "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:*",
      ])
      ReadSecrets = toset([
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-??????",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf",
      ])
      ReadParameters         = toset(["arn:aws:ssm:us-east-1:111122223333:parameter/orders/flags"])
      Decrypt                = toset(["arn:aws:kms:us-east-1:111122223333:key/1a2b"])
      ReadEnvironmentFiles   = toset(["arn:aws:s3:::config/orders.env"])
      LocateEnvironmentFiles = toset(["arn:aws:s3:::config"])
    }
    error_message = "Every field must become its statement, with its resources."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.managed) == 0
    error_message = "With access there must be no AWS managed policy."
  }

  assert {
    condition = (
      aws_iam_policy.access[0].name == "orders-access" &&
      aws_iam_policy.access[0].path == "/ecs/" &&
      aws_iam_policy.access[0].tags == tomap({ team = "orders" })
    )
    error_message = "The access policy must have the role's name, path and tags."
  }

  assert {
    condition     = output.policy_arns == { access = "arn:aws:iam::111122223333:policy/orders-access" }
    error_message = "The access policy must be attached under the key access."
  }
}

run "one_field_alone" {
  command = plan

  variables {
    access = { guard_duty_agent = true }
  }

  assert {
    condition     = [for statement in flatten(values(module.access[0].statements)) : statement.sid] == ["RegistryLogin", "PullGuardDutyAgent"]
    error_message = "What is not given must have no statement."
  }
}

run "beside_managed_policies" {
  command = plan

  variables {
    access           = { decryption_keys = ["arn:aws:kms:us-east-1:111122223333:key/1a2b"] }
    managed_policies = { pull = "AmazonEC2ContainerRegistryPullOnly" }
  }

  assert {
    condition     = one(keys(aws_iam_role_policy_attachment.managed)) == "pull" && length(aws_iam_role_policy_attachment.access) == 1
    error_message = "Both must be attached."
  }
}

run "trust" {
  command = plan

  variables {
    trust = {
      source_accounts = ["111122223333"]
      source_arns     = ["arn:aws:ecs:*:111122223333:*"]
    }
  }

  assert {
    condition = data.aws_iam_policy_document.assume_role_policy.statement[0].condition == toset([
      { test = "StringEquals", variable = "aws:SourceAccount", values = tolist(["111122223333"]) },
      { test = "ArnLike", variable = "aws:SourceArn", values = tolist(["arn:aws:ecs:*:111122223333:*"]) },
    ])
    error_message = "Both conditions must stand on the one statement."
  }
}

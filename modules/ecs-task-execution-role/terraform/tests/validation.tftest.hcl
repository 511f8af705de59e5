# Every check of an input, each by one value that it must refuse. A run refuses one value of each of
# several variables, and fails with the variable whose value it took.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

mock_provider "aws" {
  alias = "long"

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[],\"Id\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}" }
  }
}

run "bad_values_1" {
  command = plan

  variables {
    # role name with a space
    role_name = "my role"

    # role name prefix of 39 characters
    role_name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

    # path without slashes
    path = "ecs"

    # description with typographic quotes
    description = "ECS’ role"

    # session of less than an hour
    max_session_duration = 3599

    # boundary that is no arn
    permissions_boundary = "boundary"

    # tags more than 50
    tags = { for number in range(51) : "key${number}" => "value" }

    # policy key access
    managed_policies = { access = "ReadOnlyAccess" }

    # access to nothing
    access = {}

    # trust in nobody
    trust = {}
  }

  expect_failures = [
    var.role_name,
    var.role_name_prefix,
    var.path,
    var.description,
    var.max_session_duration,
    var.permissions_boundary,
    var.tags,
    var.managed_policies,
    var.access,
    var.trust,
  ]
}

run "bad_values_2" {
  command = plan

  variables {
    # role name of 65 characters
    role_name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

    # path with a space
    path = "/a b/"

    # session of a fraction
    max_session_duration = 3600.5

    # tag key with a hash
    tags = { "a#b" = "value" }

    # policy key with a slash
    managed_policies = { "a/b" = "ReadOnlyAccess" }

    # trust in an empty list
    trust = { source_accounts = [] }
  }

  expect_failures = [
    var.role_name,
    var.path,
    var.max_session_duration,
    var.tags,
    var.managed_policies,
    var.trust,
  ]
}

run "bad_values_3" {
  command = plan

  variables {
    # tag keys that differ in case
    tags = { Team = "a", team = "b" }

    # policy with a leading slash
    managed_policies = { a = "/service-role/X" }

    # account of eleven digits
    trust = { source_accounts = ["11112222333"] }
  }

  expect_failures = [
    var.tags,
    var.managed_policies,
    var.trust,
  ]
}

run "bad_values_4" {
  command = plan

  variables {
    # tag key of aws
    tags = { "aws:x" = "value" }

    # execution policy without its path
    managed_policies = { a = "AmazonECSTaskExecutionRolePolicy" }

    # cluster as a source
    trust = { source_arns = ["arn:aws:ecs:us-east-1:111122223333:cluster/orders"] }
  }

  expect_failures = [
    var.tags,
    var.managed_policies,
    var.trust,
  ]
}

run "bad_values_5" {
  command = plan

  variables {
    # tag value with a semicolon
    tags = { team = "a;b" }

    # registry policy with a path
    managed_policies = { a = "service-role/AmazonEC2ContainerRegistryReadOnly" }
  }

  expect_failures = [
    var.tags,
    var.managed_policies,
  ]
}

run "bad_values_6" {
  command = plan

  variables {
    # logs policy with a path
    managed_policies = { a = "service-role/CloudWatchLogsFullAccess" }
  }

  expect_failures = [
    var.managed_policies,
  ]
}

run "bad_values_7" {
  command = plan

  variables {
    # secrets policy with a path
    managed_policies = { a = "service-role/SecretsManagerReadWrite" }
  }

  expect_failures = [
    var.managed_policies,
  ]
}

run "bad_values_8" {
  command = plan

  variables {
    # one policy under two keys
    managed_policies = { a = "ReadOnlyAccess", b = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
  }

  expect_failures = [
    var.managed_policies,
  ]
}

run "bad_values_9" {
  command = plan

  variables {
    # more than 20 policies
    managed_policies = { for number in range(21) : "key${number}" => "policy${number}" }
  }

  expect_failures = [
    var.managed_policies,
  ]
}

run "name_and_prefix" {
  command = plan

  variables {
    role_name        = "orders"
    role_name_prefix = "orders-"
  }

  expect_failures = [aws_iam_role.this]
}

run "twenty_policies_beside_access" {
  command = plan

  variables {
    managed_policies = { for number in range(20) : "key${number}" => "policy${number}" }
    access           = { guard_duty_agent = true }
  }

  expect_failures = [aws_iam_policy.access]
}

run "path_that_policies_cannot_have" {
  command = plan

  variables {
    path   = "/a!b/"
    access = { guard_duty_agent = true }
  }

  expect_failures = [aws_iam_policy.access]
}

# The mocked document is as long as IAM refuses it.
run "policy_that_is_too_long" {
  command = plan

  providers = { aws = aws.long }

  variables {
    access = { guard_duty_agent = true }
  }

  expect_failures = [aws_iam_policy.access]
}

# A message names what these lists hold; nothing that is right is among it.
run "bad_values_of_access" {
  command = plan

  variables {
    access = {
      image_repositories              = ["orders"]
      pull_through_cache_repositories = ["docker-hub/*"]
      vpc_endpoints                   = ["vpce-0123456789abcdef0", "endpoint"]
      log_groups                      = ["/ecs/orders"]
      secrets                         = ["arn:aws:secretsmanager:us-east-1:111122223333:secret:db", "db"]
      parameters                      = ["/orders/flags"]
      decryption_keys                 = ["arn:aws:kms:us-east-1:111122223333:alias/orders"]
      environment_files               = ["arn:aws:s3:::config", "arn:aws:s3:::config/&{aws:username}.env"]
      credential_specs                = ["arn:aws:s3:::config", "arn:aws:s3:::config/&{aws:username}.json"]
      bucket_owners                   = ["11112222333"]
      fsx_file_systems                = ["fs-0123456789abcdef0"]
    }
  }

  expect_failures = [aws_iam_policy.access]

  assert {
    condition = jsonencode(local.refused.access) == jsonencode({
      image_repositories               = ["orders"]
      pull_through_cache_repositories  = ["docker-hub/*"]
      vpc_endpoints                    = ["endpoint"]
      log_groups                       = ["/ecs/orders"]
      secrets                          = ["db"]
      parameters                       = ["/orders/flags"]
      decryption_keys                  = ["arn:aws:kms:us-east-1:111122223333:alias/orders"]
      environment_files                = ["arn:aws:s3:::config"]
      environment_files_with_variables = ["arn:aws:s3:::config/&{aws:username}.env"]
      credential_specs                 = ["arn:aws:s3:::config"]
      credential_specs_with_variables  = ["arn:aws:s3:::config/&{aws:username}.json"]
      bucket_owners                    = ["11112222333"]
      fsx_file_systems                 = ["fs-0123456789abcdef0"]
    })
    error_message = "Exactly the values with another form must be refused, each under its field."
  }
}

run "bad_values_in_container_definitions" {
  command = plan

  variables {
    access = {
      container_definitions = jsonencode([{
        name        = "orders"
        image       = "My Image"
        secrets     = [{ name = "TOKEN", valueFrom = "arn:aws:s3:::bucket/key" }]
        Environment = []
      }])
    }
  }

  expect_failures = [aws_iam_policy.access]

  assert {
    condition     = one(local.refused.containers.images) == "orders: image: \"My Image\""
    error_message = "An image must be refused with the container that has it."
  }

  assert {
    condition     = one(local.refused.containers.values_from) == "orders: secrets[0].valueFrom: \"arn:aws:s3:::bucket/key\""
    error_message = "A valueFrom must be refused with its container."
  }
}

run "log_groups_to_create_without_names" {
  command = plan

  variables {
    access = { guard_duty_agent = true, create_log_groups = true }
  }

  expect_failures = [aws_iam_policy.access]
}

run "field_that_access_does_not_know" {
  command = plan

  variables {
    access = { secret = ["arn:aws:secretsmanager:us-east-1:111122223333:secret:db"] }
    trust  = { source_account = ["111122223333"] }
  }

  expect_failures = [var.access, var.trust]
}

run "switch_that_is_a_text" {
  command = plan

  variables {
    access = { guard_duty_agent = "yes" }
  }

  expect_failures = [var.access]
}

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws-cn" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

run "four_policies_by_default" {
  assert {
    condition = { for key, attachment in aws_iam_role_policy_attachment.managed : key => attachment.policy_arn } == {
      AmazonECSTaskExecutionRolePolicy   = "arn:aws-cn:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
      AmazonEC2ContainerRegistryReadOnly = "arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
      CloudWatchLogsFullAccess           = "arn:aws-cn:iam::aws:policy/CloudWatchLogsFullAccess" # checkov:skip=CKV_SECRET_6:The ARN of an AWS managed policy is no secret.
      SecretsManagerReadWrite            = "arn:aws-cn:iam::aws:policy/SecretsManagerReadWrite"  # checkov:skip=CKV_SECRET_6:The ARN of an AWS managed policy is no secret.
    }
    error_message = "The four policies must be attached under their keys, in the partition of the caller."
  }

  assert {
    condition     = length(aws_iam_policy.access) == 0 && output.access_policy == null
    error_message = "Without access there must be no access policy."
  }

  assert {
    condition = (
      tolist(data.aws_iam_policy_document.assume_role_policy.statement[0].principals)[0].identifiers == toset(["ecs-tasks.amazonaws.com"]) &&
      length(data.aws_iam_policy_document.assume_role_policy.statement[0].condition) == 0
    )
    error_message = "Only ECS tasks may assume the role, without a condition."
  }
}

run "no_policy_for_an_empty_map" {
  command = plan

  variables {
    managed_policies = {}
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.managed) == 0
    error_message = "An empty map must attach nothing."
  }
}

run "policies_by_name_and_by_arn" {
  variables {
    managed_policies = {
      pull = "AmazonEC2ContainerRegistryPullOnly"
      own  = "arn:aws-cn:iam::111122223333:policy/ecs/own"
    }
  }

  assert {
    condition     = aws_iam_role_policy_attachment.managed["pull"].policy_arn == "arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
    error_message = "A name must become an ARN of the partition."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.managed["own"].policy_arn == "arn:aws-cn:iam::111122223333:policy/ecs/own"
    error_message = "An ARN must stay as it is."
  }
}

run "everything_reaches_the_role" {
  command = plan

  variables {
    role_name             = "orders"
    path                  = "/ecs/"
    description           = "starts orders"
    max_session_duration  = 7200
    permissions_boundary  = "arn:aws:iam::111122223333:policy/boundary"
    tags                  = { team = "orders" }
    force_detach_policies = true
  }

  assert {
    condition = (
      aws_iam_role.this.name == "orders" &&
      aws_iam_role.this.path == "/ecs/" &&
      aws_iam_role.this.description == "starts orders" &&
      aws_iam_role.this.max_session_duration == 7200 &&
      aws_iam_role.this.permissions_boundary == "arn:aws:iam::111122223333:policy/boundary" &&
      aws_iam_role.this.tags == tomap({ team = "orders" }) &&
      aws_iam_role.this.force_detach_policies
    )
    error_message = "Every variable must reach the role."
  }
}

run "a_prefix_for_a_unique_name" {
  command = plan

  variables {
    role_name_prefix = "orders-"
  }

  assert {
    condition     = aws_iam_role.this.name_prefix == "orders-"
    error_message = "The prefix must be used verbatim."
  }
}

run "outputs" {
  variables {
    role_name        = "orders"
    managed_policies = { pull = "AmazonEC2ContainerRegistryPullOnly" }
  }

  assert {
    condition = (
      output.role_arn == aws_iam_role.this.arn &&
      output.principal_arn == aws_iam_role.this.arn &&
      output.role_name == "orders" &&
      output.role_unique_id == aws_iam_role.this.unique_id &&
      output.policy_arns == { pull = "arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly" } &&
      output.assume_role_policy == data.aws_iam_policy_document.assume_role_policy.json
    )
    error_message = "The outputs must be those of the role."
  }
}

run "not_exclusive_by_default" {
  command = plan

  assert {
    condition     = length(aws_iam_role_policy_attachments_exclusive.this) == 0 && length(aws_iam_role_policies_exclusive.this) == 0
    error_message = "Policies attached outside Terraform must stay unless exclusive is set."
  }
}

run "exclusive" {
  variables {
    exclusive        = true
    managed_policies = { pull = "AmazonEC2ContainerRegistryPullOnly" }
  }

  assert {
    condition = (
      aws_iam_role_policy_attachments_exclusive.this[0].policy_arns == toset(["arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"]) &&
      length(aws_iam_role_policies_exclusive.this[0].policy_names) == 0
    )
    error_message = "Exactly the policies of the role may stay."
  }
}

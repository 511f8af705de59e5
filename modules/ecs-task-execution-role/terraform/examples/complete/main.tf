data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id

  tags = {
    example = "complete"
  }
}

################################################################################
# Least privilege, with ARNs
################################################################################

module "execution_role" {
  source = "../.."

  role_name_prefix = "orders-"

  access = {
    image_repositories = [aws_ecr_repository.orders.arn]
    log_groups         = [aws_cloudwatch_log_group.orders.arn]
    secrets            = [for secret in aws_secretsmanager_secret.orders : secret.arn]
    parameters         = [aws_ssm_parameter.flags.arn]
    decryption_keys    = [aws_kms_key.orders.arn]
  }

  # Only tasks of this account can use the role.
  trust = { source_accounts = [local.account] }

  tags = local.tags
}

resource "aws_ecs_task_definition" "orders" {
  family                   = "orders"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.execution_role.role_arn

  container_definitions = jsonencode([{
    name                   = "orders"
    image                  = "${aws_ecr_repository.orders.repository_url}:v1"
    readonlyRootFilesystem = true
    secrets = concat(
      [for name, secret in aws_secretsmanager_secret.orders : { name = upper(name), valueFrom = secret.arn }],
      [{ name = "FLAGS", valueFrom = aws_ssm_parameter.flags.arn }],
    )
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.orders.name
        awslogs-region        = data.aws_region.current.id
        awslogs-stream-prefix = "orders"
      }
    }
  }])
}

################################################################################
# One role for each service
################################################################################

module "service_execution_role" {
  source   = "../.."
  for_each = toset(["invoices", "mails"])

  role_name = "${each.key}-execution"
  path      = "/ecs/"

  access = { image_repositories = [aws_ecr_repository.orders.arn] }

  tags = local.tags
}

################################################################################
# The four AWS managed policies of the AWS workshop
################################################################################

module "workshop_execution_role" {
  source = "../.."

  role_name = "fcjEcsTaskExecutionRole"

  tags = local.tags
}

################################################################################
# Resources of the task
################################################################################

data "aws_region" "current" {}

#trivy:ignore:AWS-0033
resource "aws_ecr_repository" "orders" {
  # checkov:skip=CKV_AWS_136:The default encryption of ECR is enough for an example.

  name                 = "orders"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true

  image_scanning_configuration {
    scan_on_push = true
  }

  tags = local.tags
}

#trivy:ignore:AWS-0017
resource "aws_cloudwatch_log_group" "orders" {
  # checkov:skip=CKV_AWS_158:The default encryption of CloudWatch Logs is enough for an example.
  # checkov:skip=CKV_AWS_338:An example does not need to retain logs for a year.

  name              = "/ecs/orders"
  retention_in_days = 30

  tags = local.tags
}

resource "aws_secretsmanager_secret" "orders" {
  # checkov:skip=CKV2_AWS_57:Rotation requires a Lambda function, which is out of scope for this example.

  for_each = toset(["database", "token"])

  name                    = "orders/${each.key}"
  kms_key_id              = aws_kms_key.orders.arn
  recovery_window_in_days = 0

  tags = local.tags
}

resource "aws_ssm_parameter" "flags" {
  name   = "/orders/flags"
  type   = "SecureString"
  key_id = aws_kms_key.orders.arn
  value  = "none"

  tags = local.tags
}

# The key policy allows principal_arn, which does not depend on the attachments. role_arn would create a cycle.
resource "aws_kms_key" "orders" {
  description         = "Secrets of the orders service"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administer"
        Effect    = "Allow"
        Principal = { AWS = local.account }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "ReadSecrets"
        Effect    = "Allow"
        Principal = { AWS = module.execution_role.principal_arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })

  tags = local.tags
}

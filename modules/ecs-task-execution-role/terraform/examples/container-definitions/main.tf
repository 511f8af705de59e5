locals {
  containers = [{
    name                   = "orders"
    image                  = "${aws_ecr_repository.orders.repository_url}:v1"
    readonlyRootFilesystem = true
    secrets = [
      { name = "DATABASE", valueFrom = "${aws_secretsmanager_secret.database.arn}:url::" },
      { name = "FLAGS", valueFrom = "/orders/flags" },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.orders.name
        awslogs-region        = data.aws_region.current.id
        awslogs-stream-prefix = "orders"
      }
    }
  }]
}

################################################################################
# The role and the task definition take the same container definitions
################################################################################

module "execution_role" {
  source = "../.."

  role_name_prefix = "orders-"
  access           = { container_definitions = local.containers }
}

resource "aws_ecs_task_definition" "orders" {
  family                   = "orders"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.execution_role.role_arn
  container_definitions    = jsonencode(local.containers)
}

################################################################################
# Resources in the container definitions
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
}

#trivy:ignore:AWS-0017
resource "aws_cloudwatch_log_group" "orders" {
  # checkov:skip=CKV_AWS_158:The default encryption of CloudWatch Logs is enough for an example.
  # checkov:skip=CKV_AWS_338:An example does not need to retain logs for a year.

  name              = "/ecs/orders"
  retention_in_days = 30
}

#trivy:ignore:AWS-0098
resource "aws_secretsmanager_secret" "database" {
  # checkov:skip=CKV2_AWS_57:Rotation requires a Lambda function, which is out of scope for this example.
  # checkov:skip=CKV_AWS_149:The AWS managed key is enough for an example.

  name                    = "orders/database"
  recovery_window_in_days = 0
}

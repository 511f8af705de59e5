# The role of one service, with exactly what its container definitions say. All that they name is
# made in the same apply.

resource "aws_ecr_repository" "orders" {
  name         = "orders"
  force_delete = true
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/ecs/orders"
}

resource "aws_secretsmanager_secret" "database" {
  name                    = "orders/database"
  recovery_window_in_days = 0
}

data "aws_region" "current" {}

locals {
  containers = jsonencode([{
    name  = "orders"
    image = "${aws_ecr_repository.orders.repository_url}:v1"
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
  }])
}

module "execution_role" {
  source = "../../../modules/ecs-task-execution-role/terraform"

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
  container_definitions    = local.containers
}

output "role_arn" {
  value = module.execution_role.role_arn
}

output "access_policy" {
  value = module.execution_role.access_policy
}

locals {
  container_definitions = [{
    name    = "orders"
    image   = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1"
    secrets = [{ name = "DATABASE_URL", valueFrom = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf" }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { awslogs-group = "/ecs/orders", awslogs-region = "us-east-1", awslogs-stream-prefix = "ecs" }
    }
  }]
}

module "execution_role" {
  source = "../../modules/ecs-task-execution-role/terraform"

  role_name_prefix = "orders-"
  access           = { container_definitions = local.container_definitions }
}

resource "aws_ecs_task_definition" "orders" {
  family                   = "orders"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.execution_role.role_arn
  container_definitions    = jsonencode(local.container_definitions)
}

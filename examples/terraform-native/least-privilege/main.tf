# The role of one service, with exactly what ECS must reach to start its tasks. All that it names is
# made in the same apply.

resource "aws_ecr_repository" "orders" {
  name         = "orders"
  force_delete = true
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/ecs/orders"
}

resource "aws_secretsmanager_secret" "orders" {
  for_each = toset(["database", "token"])

  name                    = "orders/${each.key}"
  kms_key_id              = aws_kms_key.orders.arn
  recovery_window_in_days = 0
}

resource "aws_ssm_parameter" "flags" {
  name  = "/orders/flags"
  type  = "String"
  value = "none"
}

module "execution_role" {
  source = "../../../modules/ecs-task-execution-role/terraform"

  role_name_prefix = "orders-"

  access = {
    image_repositories = [aws_ecr_repository.orders.arn]
    log_groups         = [aws_cloudwatch_log_group.orders.arn]
    secrets            = [for secret in aws_secretsmanager_secret.orders : secret.arn]
    parameters         = [aws_ssm_parameter.flags.arn]
    decryption_keys    = [aws_kms_key.orders.arn]
  }
}

data "aws_caller_identity" "current" {}

# The key's policy names the role by principal_arn, which does not wait for the role's permissions.
resource "aws_kms_key" "orders" {
  description = "secrets of the orders service"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administer"
        Effect    = "Allow"
        Principal = { AWS = data.aws_caller_identity.current.account_id }
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
}

resource "aws_ecs_task_definition" "orders" {
  family                   = "orders"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.execution_role.role_arn

  container_definitions = jsonencode([{
    name    = "orders"
    image   = "${aws_ecr_repository.orders.repository_url}:v1"
    secrets = [for name, secret in aws_secretsmanager_secret.orders : { name = upper(name), valueFrom = secret.arn }]
  }])
}

output "role_arn" {
  value = module.execution_role.role_arn
}

output "access_policy" {
  value = module.execution_role.access_policy
}

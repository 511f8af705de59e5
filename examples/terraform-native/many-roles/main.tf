# One role for each service, each with its own log group and secrets.

locals {
  services = {
    orders   = { secrets = ["database", "token"] }
    invoices = { secrets = ["database"] }
  }

  secrets = merge([
    for service, settings in local.services : { for name in settings.secrets : "${service}/${name}" => service }
  ]...)
}

resource "aws_cloudwatch_log_group" "service" {
  for_each = local.services

  name = "/ecs/${each.key}"
}

resource "aws_secretsmanager_secret" "service" {
  for_each = local.secrets

  name                    = each.key
  recovery_window_in_days = 0
}

module "execution_role" {
  source   = "../../../modules/ecs-task-execution-role/terraform"
  for_each = local.services

  role_name = "${each.key}-execution"
  path      = "/ecs/"

  access = {
    log_groups = [aws_cloudwatch_log_group.service[each.key].arn]
    secrets    = [for name, service in local.secrets : aws_secretsmanager_secret.service[name].arn if service == each.key]
  }
}

output "role_arns" {
  value = { for service, role in module.execution_role : service => role.role_arn }
}

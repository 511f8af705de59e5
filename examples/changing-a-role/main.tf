module "orders" {
  source = "../../modules/ecs-task-execution-role/terraform"

  role_name = "orders-execution"
}

# RENAME: begin
moved {
  from = module.execution_role
  to   = module.orders
}
# RENAME: end

# RENAME-KEY: begin
module "reports" {
  source = "../../modules/ecs-task-execution-role/terraform"

  role_name        = "reports-execution"
  managed_policies = { write-logs = "CloudWatchLogsFullAccess" } # The key was "logs".
}

moved {
  from = module.reports.aws_iam_role_policy_attachment.managed["logs"]
  to   = module.reports.aws_iam_role_policy_attachment.managed["write-logs"]
}
# RENAME-KEY: end

# KEEP: begin
resource "terraform_data" "keep_orders_role" {
  triggers_replace = [module.orders.role_unique_id]

  lifecycle {
    prevent_destroy = true
  }
}
# KEEP: end

module "services" {
  source   = "../../modules/ecs-task-execution-role/terraform"
  for_each = toset(["api", "worker"])

  role_name_prefix = "${each.key}-"
  access           = { decryption_keys = [aws_kms_key.services.arn] }
}

# INSTANCES: begin
data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [module.services["api"].principal_arn, module.services["worker"].principal_arn]
    }
  }
}
# INSTANCES: end

resource "aws_kms_key" "services" {
  policy = data.aws_iam_policy_document.key.json
}

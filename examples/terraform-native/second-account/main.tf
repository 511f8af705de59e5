# A role in a second account, by a provider with an alias.

variable "deployer_role_arn" {
  description = "ARN of the role in the second account that may create roles there."
  type        = string
}

provider "aws" {}

provider "aws" {
  alias = "second"

  assume_role {
    role_arn = var.deployer_role_arn
  }
}

module "execution_role" {
  source    = "../../../modules/ecs-task-execution-role/terraform"
  providers = { aws = aws.second }

  role_name = "orders-execution"
}

output "role_arn" {
  value = module.execution_role.role_arn
}

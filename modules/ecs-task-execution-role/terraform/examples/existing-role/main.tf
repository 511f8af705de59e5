module "execution_role" {
  source = "../.."

  role_name = "fcjEcsTaskExecutionRole"
  # The console sets this description. Without it, Terraform removes the description from the role.
  description = "Allows ECS tasks to call AWS services on your behalf."
}

import {
  to = module.execution_role.aws_iam_role.this
  id = "fcjEcsTaskExecutionRole"
}

import {
  to = module.execution_role.aws_iam_role_policy_attachment.managed["AmazonECSTaskExecutionRolePolicy"]
  id = "fcjEcsTaskExecutionRole/arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

import {
  to = module.execution_role.aws_iam_role_policy_attachment.managed["AmazonEC2ContainerRegistryReadOnly"]
  id = "fcjEcsTaskExecutionRole/arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
}

import {
  to = module.execution_role.aws_iam_role_policy_attachment.managed["CloudWatchLogsFullAccess"]
  id = "fcjEcsTaskExecutionRole/arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"
}

import {
  to = module.execution_role.aws_iam_role_policy_attachment.managed["SecretsManagerReadWrite"]
  id = "fcjEcsTaskExecutionRole/arn:aws:iam::aws:policy/SecretsManagerReadWrite"
}

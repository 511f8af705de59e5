/** The AWS managed policies of the workshop, with their paths. This file imports nothing, so that it does not slow a subject down. */
exports.FOUR_POLICIES = [
  "service-role/AmazonECSTaskExecutionRolePolicy",
  "AmazonEC2ContainerRegistryReadOnly",
  "CloudWatchLogsFullAccess",
  "SecretsManagerReadWrite",
];

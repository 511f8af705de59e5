/** The AWS managed policies of the workshop, with their paths. This file imports nothing, to keep each subject fast. */
exports.FOUR_POLICIES = [
  "service-role/AmazonECSTaskExecutionRolePolicy",
  "AmazonEC2ContainerRegistryReadOnly",
  "CloudWatchLogsFullAccess",
  "SecretsManagerReadWrite",
];

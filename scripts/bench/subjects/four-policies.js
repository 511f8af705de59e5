/** The AWS managed policies of the workshop, with their paths; no import here may weigh on a subject. */
exports.FOUR_POLICIES = [
  "service-role/AmazonECSTaskExecutionRolePolicy",
  "AmazonEC2ContainerRegistryReadOnly",
  "CloudWatchLogsFullAccess",
  "SecretsManagerReadWrite",
];

locals {
  # Patterns, limits and wordings, which the construct reads too.
  facts = merge(jsondecode(file("${path.module}/messages/access.json")), jsondecode(file("${path.module}/messages/containers.json")))

  # Each field as a list, whether it is absent, null, one value or a list. There is no try() around it, whose result would
  # be unknown as a whole if any element is.
  access = {
    for field in concat(keys(local.facts.lists), local.facts.switches, ["container_definitions"]) :
    field => flatten([for key, value in var.access : value if key == field && value != null])
  }

  # What the caller lists, and what the container definitions name.
  arns = {
    images       = concat(local.access.image_repositories, local.access.pull_through_cache_repositories, local.derived.image_repositories)
    log_groups   = [for arn in concat(local.access.log_groups, local.derived.log_groups[*].arn) : replace(arn, "/(:log-group:[^:]+):\\*$/", "$1")]
    files        = concat(local.access.environment_files, local.derived.environment_files)
    specs        = concat(local.access.credential_specs, local.derived.credential_specs)
    file_buckets = [for arn in concat(local.access.environment_files, local.derived.environment_files) : split("/", arn)[0]]
    spec_buckets = [for arn in concat(local.access.credential_specs, local.derived.credential_specs) : split("/", arn)[0]]
    regions      = sort(distinct([for arn in local.access.fsx_file_systems : replace(arn, "/^[^:]*:[^:]*:[^:]*:([^:]*):.*$/", "$1")]))
    # An ARN has one slash after "parameter", and no account ID for AWS's public parameters.
    parameters = [
      for arn in concat(local.access.parameters, local.derived.parameters) :
      replace(replace(arn, "/:parameter/+/", ":parameter/"), "/:[^:]*:parameter/aws/service//", "::parameter/aws/service/")
    ]
    # ECS also reads the secrets that parameters reference. The JSON key, version stage and version ID of a valueFrom are cut off.
    # Secrets Manager appends a hyphen and six characters to a name. -?????? matches only those; -* would also match other
    # secrets whose names begin like this one.
    # https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
    # https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
    secrets = [
      for arn in concat(local.access.secrets, local.derived.secrets, [
        for arn in concat(local.access.parameters, local.derived.parameters) :
        replace(arn, "/:ssm:([^:]*:[^:]*):parameter/+aws/reference/secretsmanager/(.*)$/", ":secretsmanager:$1:secret:$2-??????")
        if can(regex(":parameter/+aws/reference/secretsmanager/", arn))
      ]) : replace("${replace(arn, "/^((?:[^:]*:){6}[^:]*).*$/", "$1")}-??????", "/(-[A-Za-z0-9?]{6}|\\*)-\\?{6}$/", "$1")
    ]
    create = [for on in local.access.create_log_groups : on if try(tobool(on), false)]
    # GuardDuty hosts its agent in another account in each Region, and adds Regions over time. Only the name is fixed.
    agent = [for on in local.access.guard_duty_agent : "arn:${var.role.partition}:ecr:*:*:repository/aws-guardduty-agent-fargate" if try(tobool(on), false)]
  }

  # The actions and conditions that statements share.
  only = {
    pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    through_endpoints = nonsensitive(sensitive([
      for ids in [sort(distinct(local.access.vpc_endpoints))] : { test = "StringEquals", variable = "aws:SourceVpce", values = ids } if length(ids) > 0
    ]))
    # The values are SERVICE.REGION.SUFFIX. The key's ARN fixes the Region, and the suffix differs between partitions.
    through_services = [{ test = "StringLike", variable = "kms:ViaService", values = ["secretsmanager.*", "ssm.*", "s3.*"] }]
    # A bucket's ARN has no account ID, so a bucket of that name could one day belong to somebody else.
    own = [{
      test   = "StringEquals", variable = "aws:ResourceAccount"
      values = sort(distinct(coalescelist(local.access.bucket_owners, ["&{aws:PrincipalAccount}"])))
    }]
    regions = [{ test = "StringEquals", variable = "aws:RequestedRegion", values = local.arns.regions }]
  }

  # Each row is a statement, which exists if it has resources. While it is unknown whether a row exists, the plan hides its
  # whole group: an image that is not known yet hides "images", a valueFrom that is not known yet hides "secrets".
  statements = {
    images = [
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
      # The login has no resource-level permissions: it applies to the whole registry.
      { sid = "RegistryLogin", actions = ["ecr:GetAuthorizationToken"], resources = [for arn in concat(local.arns.images, local.arns.agent) : "*"] },
      { sid = "PullImages", actions = local.only.pull, resources = local.arns.images, conditions = local.only.through_endpoints },
      # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
      # IAM refuses a policy without statements, so a role that needs nothing gets one for a call that needs no permission.
      {
        sid = "NothingNeeded", actions = ["sts:GetCallerIdentity"]
        resources = length(concat(tolist(var.role.known), local.arns.images, local.arns.agent)) > 0 ? [] : [
          for others in [flatten([values(local.arns), local.access.decryption_keys])] : "*" if length(others) == 0
        ]
      },
    ]
    logs = [
      # https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html
      { sid = "PullGuardDutyAgent", actions = local.only.pull, resources = local.arns.agent, conditions = local.only.through_endpoints },
      # https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
      { sid = "ImportImages", actions = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"], resources = local.access.pull_through_cache_repositories },
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
      { sid = "WriteLogs", actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resources = [for arn in local.arns.log_groups : "${arn}:*"] },
      # https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
      # AWS's pages disagree on which of the two forms the action needs.
      {
        sid = "CreateLogGroups", actions = ["logs:CreateLogGroup"], resources = flatten([
          for arn in flatten([[for group in local.derived.log_groups : group.arn if group.created], [for on in local.arns.create : local.arns.log_groups]]) :
          [arn, "${arn}:*"]
        ])
      },
    ]
    secrets = [
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
      { sid = "ReadSecrets", actions = ["secretsmanager:GetSecretValue"], resources = local.arns.secrets },
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
      { sid = "ReadParameters", actions = ["ssm:GetParameters"], resources = local.arns.parameters },
    ]
    files = [
      # https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
      { sid = "Decrypt", actions = ["kms:Decrypt"], resources = local.access.decryption_keys, conditions = local.only.through_services },
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
      { sid = "ReadEnvironmentFiles", actions = ["s3:GetObject"], resources = local.arns.files, conditions = local.only.own },
      { sid = "LocateEnvironmentFiles", actions = ["s3:GetBucketLocation"], resources = local.arns.file_buckets, conditions = local.only.own },
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-linux-gmsa.html
      { sid = "ReadCredentialSpecs", actions = ["s3:GetObject", "s3:GetObjectVersion"], resources = local.arns.specs, conditions = local.only.own },
      { sid = "LocateCredentialSpecs", actions = ["s3:GetBucketLocation", "s3:ListBucket"], resources = local.arns.spec_buckets, conditions = local.only.own },
      # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tutorial-wfsx-volumes.html
      # This action has no resource-level permissions, so it can only be limited to the Region.
      { sid = "DescribeFileSystems", actions = ["fsx:DescribeFileSystems"], resources = [for at in local.arns.regions : "*"], conditions = local.only.regions },
    ]
  }
}

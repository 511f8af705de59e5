# What ECS reads in container definitions before it starts the containers
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html

locals {
  # In Terraform 1.5, can(keys(x)) is unknown if any value in x is. can(x.name) is not, and most containers have a name.
  objects = [for given in local.access.container_definitions : given if can(given.name) ? true : can(keys(given))]
  texts   = [for given in local.access.container_definitions : given == null ? "" : tostring(given) if can(given.name) ? false : can(tostring(given))]
  parsed  = [for text in local.texts : try(jsondecode(trimprefix(text, "\ufeff")), null)]

  # A list of containers, a task definition that contains one, or the output of describe-task-definition.
  wrapped = [for object in local.objects : object if length(setintersection(["containerDefinitions", "taskDefinition"], keys(object))) > 0]
  container_lists = concat(
    [[for object in local.objects : object if length(setintersection(["containerDefinitions", "taskDefinition"], keys(object))) == 0]],
    [for value in local.parsed : value if can(concat(value))],
    [
      for task in [for object in concat(local.wrapped, [for value in local.parsed : value if can(keys(value))]) : lookup(object, "taskDefinition", object)] :
      flatten([for key, value in task : value if key == "containerDefinitions"]) if can(keys(task))
    ]
  )
  containers = [
    for index, value in flatten(local.container_lists) :
    { index = index, name = coalesce(try(tostring(value.name), null), tostring(index)), path = "", at = "", required = true, value = value }
  ]

  # What decides which of a container's values ECS reads.
  settings = [
    for one in local.containers : {
      registry         = can(regex(local.facts.formats.ecr_image.pattern, one.value.image)) ? "ecr" : "other"
      log_driver       = try(tostring(one.value.logConfiguration.logDriver), "")
      log_region       = try(join("", [one.value.logConfiguration.options.awslogs-region]), "")
      log_create_group = try(join("", [one.value.logConfiguration.options.awslogs-create-group]), "")
      config_file_type = try(tostring(one.value.firelensConfiguration.options.config-file-type), "")
    }
  ]

  # What "structure" names in the containers, with its path: their fields, the fields of the objects and the items of the lists
  # in these, and so on. A required key that is missing counts as null.
  structure = local.facts.structure
  fields_1 = flatten([
    for node in local.containers : [
      for key in local.structure[node.path].keys : {
        index    = node.index, name = node.name, path = "${node.path}.${key}", at = "${node.at}.${key}"
        required = contains(local.structure[node.path].required, key), value = lookup(node.value, key, null)
      } if contains(concat(local.structure[node.path].required, keys(node.value)), key)
    ] if try(local.structure[node.path].type, "") != "object" ? false : can(node.value.name) ? true : can(keys(node.value))
  ])
  fields_2 = flatten([
    for node in local.fields_1 : [
      for key in local.structure[node.path].keys : {
        index    = node.index, name = node.name, path = "${node.path}.${key}", at = "${node.at}.${key}"
        required = contains(local.structure[node.path].required, key), value = lookup(node.value, key, null)
      } if contains(concat(local.structure[node.path].required, keys(node.value)), key)
    ] if try(local.structure[node.path].type, "") != "object" ? false : can(node.value.name) ? true : can(keys(node.value))
  ])
  fields_3 = flatten([
    for node in local.fields_2 : [
      for key in local.structure[node.path].keys : {
        index    = node.index, name = node.name, path = "${node.path}.${key}", at = "${node.at}.${key}"
        required = contains(local.structure[node.path].required, key), value = lookup(node.value, key, null)
      } if contains(concat(local.structure[node.path].required, keys(node.value)), key)
    ] if try(local.structure[node.path].type, "") != "object" ? false : can(node.value.name) ? true : can(keys(node.value))
  ])
  items = flatten([
    for node in concat(local.fields_1, local.fields_2) : [
      for at, value in node.value : { index = node.index, name = node.name, path = "${node.path}[]", at = "${node.at}[${at}]", required = true, value = value }
    ] if try(local.structure[node.path].type, "") != "list" ? false : !can(keys(node.value)) && !can(tostring(node.value))
  ])
  item_fields = flatten([
    for node in local.items : [
      for key in local.structure[node.path].keys : {
        index    = node.index, name = node.name, path = "${node.path}.${key}", at = "${node.at}.${key}"
        required = contains(local.structure[node.path].required, key), value = lookup(node.value, key, null)
      } if contains(concat(local.structure[node.path].required, keys(node.value)), key)
    ] if try(local.structure[node.path].type, "") != "object" ? false : can(node.value.name) ? true : can(keys(node.value))
  ])
  levels = [local.fields_1, local.fields_2, local.fields_3, local.items, local.item_fields]

  # The values that ECS reads, by kind.
  values = merge({ for kind in keys(local.facts.formats) : kind => [] }, {
    for one in flatten([
      for node in concat(local.levels...) : [
        for row in try(local.facts.values[node.path], []) : {
          index = node.index, at = "[\"${node.name}\"]${node.at}", kind = row.kind, where = try(row.where, ""), required = node.required
          value = node.value, text = node.value == null ? "" : try(tostring(node.value), "")
        } if alltrue([for setting, value in try(row.when, {}) : local.settings[node.index][setting] == value])
      ]
    ]) : one.kind => one...
  })

  # What the values grant, as if the ARNs were listed in access. A name of a secret never includes the suffix.
  specs     = [for one in local.values.credential_spec : replace(one.text, "/^[^:]*:/", "") if startswith(one.text, "credentialspec")]
  partition = "arn:${var.location.partition}"
  account   = "${var.location.region}:${var.location.account}"
  derived = {
    image_repositories = [
      for one in local.values.image : replace(one.text, "/${local.facts.formats.ecr_image.pattern}.*$/", "${local.partition}:ecr:$2:$1:repository/$3")
      if can(regex(local.facts.formats.ecr_image.pattern, one.text))
    ]
    log_groups = [
      for one in local.values.log_group : {
        arn     = "${local.partition}:logs:${coalesce(local.settings[one.index].log_region, var.location.region)}:${var.location.account}:log-group:${one.text}"
        created = contains(["1", "t", "T", "true", "True", "TRUE"], local.settings[one.index].log_create_group)
      }
    ]
    secrets = concat(
      [for one in concat(local.values.value_from, local.values.registry_credentials) : one.text if can(regex("^arn:[^:]+:secretsmanager:", one.text))],
      [
        for one in local.values.registry_credentials : "${local.partition}:secretsmanager:${local.account}:secret:${one.text}-??????"
        if can(regex("^[^:]+$", one.text))
      ]
    )
    parameters = concat(
      [for one in local.values.value_from : one.text if can(regex("^arn:[^:]+:ssm:", one.text))],
      [for one in local.values.value_from : "${local.partition}:ssm:${local.account}:parameter/${one.text}" if can(regex("^/*[^:/][^:]*$", one.text))],
      [for arn in local.specs : arn if can(regex("^arn:[^:]+:ssm:", arn))]
    )
    environment_files = local.values.s3_file[*].text
    credential_specs  = [for arn in local.specs : arn if can(regex("^arn:[^:]+:s3:", arn))]
  }
}

# What ECS reads in container definitions before it starts the containers
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html

locals {
  # In Terraform 1.5, can(keys(x)) is unknown if any value in x is. can(x.name) is not, and most containers have a name.
  given = {
    objects = [for one in local.access.container_definitions : one if can(one.name) ? true : can(keys(one))]
    texts = [
      for one in local.access.container_definitions : { text = one == null ? "" : tostring(one), value = try(jsondecode(trimprefix(one, "\ufeff")), null) }
      if can(one.name) ? false : can(tostring(one))
    ]
  }

  # A list of containers, a task definition that contains one, or the output of describe-task-definition.
  container_lists = concat(
    [[for object in local.given.objects : object if !can(object.containerDefinitions) && !can(object.taskDefinition)]],
    [for one in local.given.texts : one.value if can(concat(one.value))],
    [
      for object in concat(local.given.objects, [for one in local.given.texts : one.value if can(keys(one.value))]) :
      flatten([lookup(object, "taskDefinition", object).containerDefinitions]) if can(lookup(object, "taskDefinition", object).containerDefinitions)
    ]
  )

  # Each container, with what decides which of its values ECS reads ("when" in containers.json), and what the others depend on.
  containers = [
    for index, value in flatten(local.container_lists) : {
      path = "", value = value, field = { type = "object", what = "an object", required = true }
      at   = ".container_definitions[\"${coalesce(try(tostring(value.name), null), tostring(index))}\"]"
      settings = {
        always           = true
        ecr              = can(regex(local.facts.formats.ecr_image.pattern, value.image))
        awslogs          = try(tostring(value.logConfiguration.logDriver), "") == "awslogs"
        s3               = try(tostring(value.firelensConfiguration.options.config-file-type), "") == "s3"
        log_region       = try(join("", [value.logConfiguration.options.awslogs-region]), "")
        log_create_group = try(join("", [value.logConfiguration.options.awslogs-create-group]), "")
      }
    }
  ]

  # The containers with all fields that containers.json lists, whose deepest path is container, field, field or item, field.
  # A required field that is missing counts as null. A list of one names what the next level needs: Terraform has no recursion.
  nodes = flatten([
    for level_1 in [flatten([
      for node in local.containers : [
        for key, field in local.facts.fields[node.path] :
        { settings = node.settings, path = "${node.path}.${key}", at = "${node.at}.${key}", field = field, value = lookup(node.value, key, null) }
        if can(field.required) || contains(keys(node.value), key)
      ] if can(node.value.name) ? true : can(keys(node.value))
      ])] : [
      for level_2 in [flatten([
        for node in level_1 : [
          for key, field in local.facts.fields[node.path] :
          { settings = node.settings, path = "${node.path}.${key}", at = "${node.at}.${key}", field = field, value = lookup(node.value, key, null) }
          if can(field.required) || contains(keys(node.value), key)
        ] if !can(local.facts.fields[node.path]) ? false : can(node.value.name) ? true : can(keys(node.value))
        ])] : [
        for items in [flatten([
          for node in concat(level_1, level_2) : [
            for at, value in node.value :
            { settings = node.settings, path = "${node.path}[]", at = "${node.at}[${at}]", field = local.facts.items[node.path], value = value }
          ] if can(local.facts.items[node.path]) ? !can(keys(node.value)) && !can(tostring(node.value)) : false
          ])] : [
          local.containers, level_1, level_2, items, [
            for node in concat(level_2, items) : [
              for key, field in local.facts.fields[node.path] :
              { settings = node.settings, path = "${node.path}.${key}", at = "${node.at}.${key}", field = field, value = lookup(node.value, key, null) }
              if can(field.required) || contains(keys(node.value), key)
            ] if !can(local.facts.fields[node.path]) ? false : can(node.value.name) ? true : can(keys(node.value))
          ]
        ]
      ]
    ]
  ])

  # The values of each kind.
  values = merge({ for kind in keys(local.facts.formats) : kind => [] }, {
    for node in local.nodes : node.field.kind => merge(node, {
      text    = node.value == null ? "" : try(tostring(node.value), "")
      is_read = node.settings[try(node.field.when, "always")]
    })... if can(node.field.kind)
  })

  # What the values grant, as if the ARNs were listed in access. A name of a secret never includes the suffix.
  derived = {
    image_repositories = [
      for one in local.values.image :
      replace(one.text, "/${local.facts.formats.ecr_image.pattern}.*$/", "arn:${var.role.partition}:ecr:$2:$1:repository/$3")
      if can(regex(local.facts.formats.ecr_image.pattern, one.text))
    ]
    log_groups = [
      for one in local.values.log_group : {
        arn     = "arn:${var.role.partition}:logs:${coalesce(one.settings.log_region, var.role.region)}:${var.role.account}:log-group:${one.text}"
        created = contains(["1", "t", "T", "true", "True", "TRUE"], one.settings.log_create_group)
      } if one.is_read
    ]
    secrets = concat(
      [for one in local.values.value_from : one.text if can(regex("^arn:[^:]+:secretsmanager:", one.text))],
      [
        for one in local.values.registry_credentials :
        startswith(one.text, "arn:") ? one.text : "arn:${var.role.partition}:secretsmanager:${var.role.region}:${var.role.account}:secret:${one.text}-??????"
        if can(regex("^(arn:[^:]+:secretsmanager:|[^:]+$)", one.text))
      ]
    )
    parameters = concat(
      [
        for one in local.values.value_from :
        startswith(one.text, "arn:") ? one.text : "arn:${var.role.partition}:ssm:${var.role.region}:${var.role.account}:parameter/${one.text}"
        if can(regex("^(arn:[^:]+:ssm:|/*[^:/][^:]*$)", one.text))
      ],
      [for one in local.values.credential_spec : replace(one.text, "/^[^:]*:/", "") if can(regex("^credentialspec[^:]*:arn:[^:]+:ssm:", one.text))]
    )
    environment_files = [for one in local.values.s3_file : one.text if one.is_read]
    credential_specs = [
      for one in local.values.credential_spec : replace(one.text, "/^[^:]*:/", "") if can(regex("^credentialspec[^:]*:arn:[^:]+:s3:", one.text))
    ]
  }
}

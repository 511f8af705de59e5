# What is wrong with access

locals {
  # Errors show no sensitive value. What is made of a sensitive list is sensitive as a whole, but its items are not.
  knows_sensitive = can(issensitive("")) # Terraform 1.8 or later
  is_sensitive    = anytrue([for nodes in concat([local.access], local.levels) : try(issensitive(nodes), false)])

  # Keys by their plainest form, to recognize "value_from" and "ValueFrom" as "valueFrom", and "secret" as "secrets".
  spellings = {
    for path, keys in merge({ access = local.fields }, { for path, place in local.structure : path => try(place.keys, []) }) :
    path => { for key in keys : trimsuffix(replace(replace(lower(key), "_", ""), "-", ""), "s") => key }
  }

  # The objects and lists in the containers, and whether ECS reads them.
  places = [
    for node in concat(local.containers, local.fields_1, local.fields_2, local.items) : {
      at      = ".container_definitions[\"${node.name}\"]${node.at}", path = node.path, value = node.value, required = node.required
      is_read = alltrue([for setting, value in try(local.structure[node.path].when, {}) : local.settings[node.index][setting] == value])
    } if can(local.structure[node.path])
  ]

  # Every check, by list, kind of value or other subject: where the value is, how to show it, and its rule. While a value is
  # unknown, Terraform does not know any fault of its group ("groups" in access.json).
  checks = merge(
    {
      access = concat(
        [
          for field in keys(var.access) : {
            at  = "", ok = contains(local.fields, field), rule = local.facts.rules.fields
            got = "${field}${try(", which must be spelled ${local.spellings.access[trimsuffix(replace(replace(lower(field), "_", ""), "-", ""), "s")]}", "")}"
          }
        ],
        [
          for field, value in var.access : { at = ".${field}", ok = can(tobool(value)), rule = local.facts.rules.switch, got = "another value" }
          if contains(local.facts.switches, field)
        ],
        [for granting in [concat(
          [for field in local.facts.granting : local.access[field]], [for field in local.facts.switches : [for on in local.access[field] : on if on != false]]
          )] :
          { at = "", ok = length(flatten(granting)) > 0, rule = local.facts.rules.granting, got = "the fields [${join(", ", keys(var.access))}]" }
        if length(var.known) == 0],
        [for groups in [concat(local.access.log_groups, local.access.container_definitions)] :
        { at = ".create_log_groups", ok = length(groups) > 0, rule = local.facts.rules.create_log_groups, got = "true" } if local.is_on.create_log_groups],
      )
      container_definitions = concat(
        [
          for index, value in local.parsed : {
            at   = ".container_definitions", ok = can(concat(value)) || can(concat(lookup(value, "taskDefinition", value).containerDefinitions))
            got  = "text of ${length(local.texts[index])} characters that is not ${value == null ? "JSON" : "container definitions"}"
            rule = local.facts.rules.readable
          }
        ],
        [
          for object in local.wrapped : {
            at  = ".container_definitions", ok = try(contains(keys(lookup(object, "taskDefinition", object)), "containerDefinitions"), false)
            got = "an object without containerDefinitions", rule = local.facts.rules.readable
          }
        ],
        [
          for list in local.container_lists : {
            at  = ".container_definitions", ok = length(list) <= local.facts.rules.size.at_most
            got = "${length(list)} containers", rule = local.facts.rules.size
          }
        ],
        [
          for place in local.places : {
            at = place.at, got = "a value that is not ${local.structure[place.path].what}", rule = local.facts.rules.structure
            ok = place.value == null ? !(place.required && place.is_read) : (
              local.structure[place.path].type == "list" ? !can(keys(place.value)) && !can(tostring(place.value)) : can(keys(place.value))
            )
          }
        ],
        flatten([
          for place in local.places : [
            for key in keys(place.value) : [
              for right in [try(local.spellings[place.path][trimsuffix(replace(replace(lower(key), "_", ""), "-", ""), "s")], key)] :
              { at = "${place.at}.${key}", ok = false, got = "a key that must be spelled ${right}", rule = local.facts.rules.structure } if key != right
            ]
          ] if can(keys(place.value)) ? place.is_read : false
        ])
      )
    },
    {
      for kind, found in local.values : kind => [
        for one in found : {
          at = ".container_definitions${one.at}", rule = local.facts.formats[kind]
          ok = one.value == null ? !one.required : try(one.value == one.text && ((one.where == "" ? false : !can(regex(one.where, lower(one.text)))) || (
            can(regex(local.facts.formats[kind].pattern, one.text)) && length(one.text) <= try(local.facts.formats[kind].at_most, 10000) &&
            !(can(local.facts.formats[kind].never) ? can(regex(local.facts.formats[kind].never, one.text)) : false)
          )), false)
          got = one.value == null ? "nothing" : (
            local.knows_sensitive ? local.is_sensitive || issensitive(one.value) : kind != "image" && !startswith(one.text, "arn:")
          ) ? "a value that is not shown" : substr(jsonencode(one.value), 0, 160)
        }
      ]
    },
    {
      for field, rule in local.facts.lists : field => [
        for value in local.access[field] : {
          at = ".${field}", ok = can(regex(rule.pattern, value)) && !(can(rule.never) ? can(regex(rule.never, value)) : false), rule = rule
          got = (
            local.knows_sensitive ? local.is_sensitive || issensitive(value) : !can(regex("^arn:", value))
          ) ? "a value that is not shown" : jsonencode(value)
        }
      ]
    }
  )
  faults = {
    for group, names in local.facts.groups : group => nonsensitive(sensitive([
      for check in concat([for name in names : local.checks[name]]...) :
      nonsensitive(sensitive("${var.role}: access${check.at}: got ${check.got}; must ${check.rule.must}. Fix: ${check.rule.fix}.")) if !check.ok
    ]))
  }
}

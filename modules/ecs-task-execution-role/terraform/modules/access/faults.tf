# What is wrong with access

locals {
  # Errors show no sensitive value. What is made of a sensitive list is sensitive as a whole, but its items are not.
  knows_sensitive = can(issensitive("")) # Terraform 1.8 or later
  is_sensitive    = anytrue([for given in [local.access, local.nodes] : try(issensitive(given), false)])

  # Fields by their plainest spelling, to recognize "value_from" and "ValueFrom" as "valueFrom", and "secret" as "secrets".
  plainly = "/s?[-_]*$|[-_]/"
  spellings = {
    for path, fields in merge(local.facts.fields, { access = { for field in local.fields : field => {} } }) :
    path => { for field in keys(fields) : replace(lower(field), local.plainly, "") => field }
  }

  # What the values of a list or of a kind must be. Where a row has no limit of its own, these limit nothing.
  formats = {
    for kind, format in merge(local.facts.formats, local.facts.lists) : kind => merge({ where = "", never = "a^", at_most = 10000 }, format)
  }

  # Every check, by list, kind of value or other subject: where the value is, how to show it, and its rule. While a value is
  # unknown, Terraform does not know any fault of its group ("groups" in access.json).
  checks = merge(
    {
      access = concat(
        [
          for field in keys(var.access) : {
            at  = "", ok = contains(local.fields, field), rule = local.facts.rules.fields
            got = "${field}${try(", which must be spelled ${local.spellings.access[replace(lower(field), local.plainly, "")]}", "")}"
          }
        ],
        [
          for field, value in var.access : { at = ".${field}", ok = can(tobool(value)), rule = local.facts.rules.switch, got = "another value" }
          if contains(local.facts.switches, field)
        ],
        [
          for granting in [flatten([
            for field, given in local.access : [for value in given : value if contains(local.facts.switches, field) ? value != false : true]
            if !contains(local.facts.restricting, field)
          ])] : { at = "", ok = length(granting) > 0, rule = local.facts.rules.granting, got = "the fields [${join(", ", keys(var.access))}]" }
          if length(var.known) == 0
        ],
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
          for node in local.nodes : {
            at = node.at, got = "a value that is not ${node.field.what}", rule = local.facts.rules.structure
            ok = node.value == null ? !(can(node.field.required) && local.settings[node.index][try(node.field.when, "always")]) : (
              node.field.type == "list" ? !can(keys(node.value)) && !can(tostring(node.value)) : can(keys(node.value))
            )
          } if can(node.field.type)
        ],
        flatten([
          for node in local.nodes : [
            for key in keys(node.value) : [
              for right in [try(local.spellings[node.path][replace(lower(key), local.plainly, "")], key)] :
              { at = "${node.at}.${key}", ok = key == right, got = "a key that must be spelled ${right}", rule = local.facts.rules.structure }
            ]
          ] if can(local.spellings[node.path]) && can(keys(node.value)) ? local.settings[node.index][try(node.field.when, "always")] : false
        ])
      )
    },
    {
      for kind, found in merge(local.values, {
        for field in keys(local.facts.lists) : field => [
          for value in local.access[field] :
          { at = ".${field}", value = try(tostring(value), value), text = try(tostring(value), ""), field = { required = true }, is_read = true }
        ]
        }) : kind => [
        for one in found : {
          at = one.at, rule = local.formats[kind]
          ok = !one.is_read ? true : one.value == null ? !can(one.field.required) : one.value == one.text && (
            !can(regex(try(one.where, local.formats[kind].where), lower(one.text))) || can(regex(local.formats[kind].pattern, one.text)) &&
            !can(regex(local.formats[kind].never, one.text)) && length(one.text) <= local.formats[kind].at_most
          )
          got = one.value == null ? "nothing" : (
            local.knows_sensitive ? local.is_sensitive || issensitive(one.value) : kind != "image" && !startswith(one.text, "arn:")
          ) ? "a value that is not shown" : substr(jsonencode(one.value), 0, 160)
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

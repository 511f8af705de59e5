# What is wrong with access

locals {
  # What is made of a sensitive list is sensitive as a whole, but its items are not.
  is_sensitive = anytrue([for given in [local.access, local.nodes] : try(issensitive(given), false)])

  # Fields by their plainest spelling, to recognize "value_from" and "ValueFrom" as "valueFrom", and "secret" as "secrets".
  plainly = "/s?[-_]*$|[-_]/"
  spellings = {
    for path, fields in merge(local.facts.fields, { access = { for field in local.fields : field => {} } }) :
    path => { for field in keys(fields) : replace(lower(field), local.plainly, "") => field }
  }

  formats = merge(local.facts.formats, local.facts.lists, { for field in local.facts.switches : field => local.facts.rules.switch })

  # Definitions in which no containers can be found.
  unreadable = concat(
    [
      for index, value in local.parsed : "text of ${length(local.texts[index])} characters that is not ${value == null ? "JSON" : "container definitions"}"
      if !can(concat(value)) && !can(concat(lookup(value, "taskDefinition", value).containerDefinitions))
    ],
    [
      for object in local.wrapped : "an object without containerDefinitions"
      if !try(contains(keys(lookup(object, "taskDefinition", object)), "containerDefinitions"), false)
    ],
    [for field, given in var.access : "a single container, not in a list" if field == "container_definitions" ? can(given.image) : false]
  )
  misshapen = concat(
    [
      for field in keys(var.access) : {
        at  = "", rule = local.facts.rules.fields
        got = "${field}${try(", which must be spelled ${local.spellings.access[replace(lower(field), local.plainly, "")]}", "")}"
      } if !contains(local.fields, field)
    ],
    [
      for granting in [flatten([
        for field, given in local.access : [for value in given : value if contains(local.facts.switches, field) ? value != false : true]
        if !contains(local.facts.restricting, field)
      ])] : { at = "", got = "the fields [${join(", ", keys(var.access))}]", rule = local.facts.rules.granting }
      if length(var.known) == 0 ? length(granting) == 0 : false
    ],
    [
      for groups in [concat(local.access.log_groups, local.access.container_definitions)] :
      { at = ".create_log_groups", got = "true", rule = local.facts.rules.create_log_groups } if local.is_on.create_log_groups && length(groups) == 0
    ],
    [for got in local.unreadable : { at = ".container_definitions", got = got, rule = local.facts.rules.readable }],
    [
      for list in local.container_lists : { at = ".container_definitions", got = "${length(list)} containers", rule = local.facts.rules.size }
      if length(list) > local.facts.rules.size.at_most
    ],
    [
      for node in local.nodes : { at = node.at, got = "a value that is not ${node.field.what}", rule = local.facts.rules.structure }
      if !can(node.field.type) ? false : node.value == null ? can(node.field.required) && local.settings[node.index][try(node.field.when, "always")] : (
        node.field.type == "list" ? can(keys(node.value)) || can(tostring(node.value)) : !can(keys(node.value))
      )
    ],
    flatten([
      for node in local.nodes : [
        for key in keys(node.value) : [
          for right in [try(local.spellings[node.path][replace(lower(key), local.plainly, "")], key)] :
          { at = "${node.at}.${key}", got = "a key that must be spelled ${right}", rule = local.facts.rules.structure } if key != right
        ]
      ] if can(local.spellings[node.path]) && can(keys(node.value)) ? local.settings[node.index][try(node.field.when, "always")] : false
    ])
  )

  # What is wrong, by list, kind of value or other subject: where, how to show the value, and its rule. While a value is unknown,
  # Terraform does not know any fault of its group ("groups" in access.json).
  wrong = merge({ structure = local.misshapen }, {
    for kind, found in merge(local.values, {
      for field in concat(keys(local.facts.lists), local.facts.switches) : field => [
        for value in local.access[field] :
        { at = ".${field}", value = try(tostring(value), value), text = try(tostring(value), ""), field = { required = true }, is_read = true }
      ]
      }) : kind => [
      for one in found : {
        at = one.at, rule = local.formats[kind]
        got = one.value == null ? "nothing" : (
          # Before Terraform 1.8, nothing tells whether a value is sensitive.
          can(issensitive("")) ? local.is_sensitive || issensitive(one.value) : kind != "image" && !startswith(one.text, "arn:")
        ) ? "a value that is not shown" : substr(jsonencode(one.value), 0, 160)
        } if !one.is_read ? false : one.value == null ? can(one.field.required) : one.value != one.text || (
        can(regex(try(one.where, local.formats[kind].where, ""), lower(one.text))) && !(
          can(regex(local.formats[kind].pattern, one.text)) && !can(regex(try(local.formats[kind].never, "a^"), one.text)) &&
          length(one.text) <= try(local.formats[kind].at_most, 10000)
        )
      )
    ]
  })
  faults = {
    for group, subjects in local.facts.groups : group => nonsensitive(sensitive([
      for one in concat([for subject in subjects : local.wrong[subject]]...) :
      nonsensitive(sensitive("${var.role}: access${one.at}: got ${one.got}; must ${one.rule.must}. Fix: ${one.rule.fix}."))
    ]))
  }
}

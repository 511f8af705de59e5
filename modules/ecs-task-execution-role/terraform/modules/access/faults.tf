locals {
  structure = concat(
    [for field in keys(var.access) : {
      at = "", rule = local.facts.rules.fields
      got = join(", which must be spelled ", concat([field], [
        for right in keys(local.access) : right if replace(lower(right), local.facts.spelling, "") == replace(lower(field), local.facts.spelling, "")
      ]))
    } if !contains(keys(local.access), field)],
    [for granting in [flatten([
      for field, given in local.access : [for value in given : value if contains(local.facts.switches, field) ? value != false : true]
      if !contains(local.facts.restricting, field)
      ])] : { at = "", got = "the fields [${join(", ", keys(var.access))}]", rule = local.facts.rules.granting }
    if length(var.role.known) == 0 && length(setsubtract(keys(var.access), keys(local.access))) == 0 ? length(granting) == 0 : false],
    [for on in local.arns.create : { at = ".create_log_groups", got = "true", rule = local.facts.rules.create_log_groups }
    if length(concat(local.access.log_groups, local.access.container_definitions)) == 0],
    # Definitions in which no containers can be found.
    [for got in concat(
      [
        for one in local.given.texts : "text of ${length(one.text)} characters that is not ${one.value == null ? "JSON" : "container definitions"}"
        if !can(concat(one.value)) && !can(concat(lookup(one.value, "taskDefinition", one.value).containerDefinitions))
      ],
      [
        for object in local.given.objects : "an object without containerDefinitions"
        if can(object.taskDefinition) && !can(object.taskDefinition.containerDefinitions)
      ],
      [for field, given in var.access : "a single container, not in a list" if field == "container_definitions" ? can(given.image) : false]
    ) : { at = ".container_definitions", got = got, rule = local.facts.rules.readable }],
    [for list in local.container_lists : { at = ".container_definitions", got = "${length(list)} containers", rule = local.facts.rules.size }
    if length(list) > local.facts.rules.size.at_most],
    [for node in local.nodes : { at = node.at, got = "a value that is not ${node.field.what}", rule = local.facts.rules.structure }
      if !can(node.field.type) ? false : node.value == null ? can(node.field.required) && node.settings[try(node.field.when, "always")] : (
        node.field.type == "list" ? can(keys(node.value)) || can(tostring(node.value)) : !can(keys(node.value))
    )],
    flatten([for node in local.nodes : [
      for key in setsubtract(keys(node.value), keys(local.facts.fields[node.path])) : [
        for right in keys(local.facts.fields[node.path]) :
        { at = "${node.at}.${key}", got = "a key that must be spelled ${right}", rule = local.facts.rules.structure }
        if replace(lower(right), local.facts.spelling, "") == replace(lower(key), local.facts.spelling, "")
      ]
    ] if can(local.facts.fields[node.path]) && can(keys(node.value)) ? node.settings[try(node.field.when, "always")] : false])
  )

  # What is wrong, by list, kind of value or other subject: where, how to show the value, and its rule. While a value is unknown,
  # Terraform does not know any fault of its group ("groups" in access.json).
  wrong = merge({ structure = local.structure }, {
    for subject, found in merge({
      for name, rule in local.facts.formats : name => [for one in local.values[try(rule.kind, name)] : merge(one, { rule = rule })]
      }, {
      for field, rule in merge(local.facts.lists, { for field in local.facts.switches : field => local.facts.rules.switch }) : field => [
        for value in local.access[field] : {
          at    = ".${field}", rule = rule, value = try(tostring(value), value), text = try(tostring(value), "")
          field = { required = true }, settings = { always = true }, is_read = true
        }
      ]
      }) : subject => [
      for one in found : {
        at = one.at, rule = one.rule
        got = one.value == null ? "nothing" : (
          # Before Terraform 1.8, a module cannot tell whether a value is sensitive. All values made from a sensitive list are sensitive.
          !can(issensitive("")) ? subject != "image" && !startswith(one.text, "arn:") : anytrue([
            for given in [one.value, local.access, local.nodes] : try(issensitive(given), false)
          ])
        ) ? "a value that is not shown" : substr(jsonencode(one.value), 0, 160)
        # A rule with "where" is about texts only.
        } if !one.is_read ? false : !one.settings[try(one.rule.when, "always")] ? false : (
        one.value == null ? can(one.field.required) && !can(one.rule.where) : one.value != one.text && !can(one.rule.where) ||
        can(regex(try(one.field.where, one.rule.where, ""), lower(one.text))) && !(
          can(regex(one.rule.pattern, one.text)) && !can(regex(try(one.rule.never, "a^"), one.text)) && length(one.text) <= try(one.rule.at_most, 10000)
        )
      )
    ]
  })
}

# What is wrong with the role's own inputs. modules/access checks access.

locals {
  # Patterns, limits and wordings, which the construct reads too.
  rules = jsondecode(file("${path.module}/modules/access/role.json"))

  # Errors name the role, because Terraform names neither the module nor its key. nonsensitive() alone refuses a value that is
  # not sensitive in Terraform 1.5.
  label = nonsensitive(sensitive("role ${try(jsonencode(coalesce(var.role_name, var.role_name_prefix)), "with a generated name")}"))

  trust = {
    for field in ["source_accounts", "source_arns"] :
    field => flatten([for trust in [var.trust] : [for key, value in trust : value if key == field && value != null] if trust != null])
  }

  # Every check, by group: a value that must match a pattern, or what else must be ok. While a value is unknown, Terraform
  # does not know the faults of its group.
  checks = {
    role = concat(
      [
        for input, value in { role_name = var.role_name, role_name_prefix = var.role_name_prefix, path = var.path, description = var.description } :
        { at = input, value = value, rule = local.rules.role[input] } if value != null
      ],
      [
        { at = "role_name", ok = var.role_name == null || var.role_name_prefix == null, value = var.role_name, rule = local.rules.role.one_name },
        {
          at = "max_session_duration", value = var.max_session_duration, rule = local.rules.role.max_session_duration
          ok = var.max_session_duration == null ? true : alltrue([
            floor(var.max_session_duration) == var.max_session_duration,
            var.max_session_duration >= local.rules.role.max_session_duration.from, var.max_session_duration <= local.rules.role.max_session_duration.to
          ])
        },
      ]
    )
    boundary = [
      for arn in [var.permissions_boundary] : { at = "permissions_boundary", value = arn, rule = local.rules.role.permissions_boundary } if arn != null
    ]
    tags = concat(
      flatten([
        for key, value in var.tags : [
          { at = "tags", value = key, rule = local.rules.tags.key },
          { at = "tags", value = lower(key), rule = local.rules.tags.reserved_key },
          { at = "tags[${jsonencode(key)}]", value = value, rule = local.rules.tags.value },
        ]
      ]),
      [
        { at = "tags", ok = length(var.tags) <= local.rules.tags.count.at_most, value = length(var.tags), rule = local.rules.tags.count },
        {
          at = "tags", value = keys(var.tags), rule = local.rules.tags.unique_key
          ok = length({ for key in keys(var.tags) : lower(key) => key... }) == length(var.tags)
        },
      ]
    )
    managed_policies = flatten([
      for policies in [coalesce(var.managed_policies, {})] : [
        [
          for key, policy in policies : [
            [for rule in [local.rules.managed_policies.key, local.rules.managed_policies.reserved_key] : { at = "managed_policies", value = key, rule = rule }],
            # AWS refuses a wrong path of its own policies only at apply.
            [for rule in values(local.rules.policies) : { at = "managed_policies[${jsonencode(key)}]", value = policy, rule = rule }],
          ]
        ],
        {
          at = "managed_policies", value = length(policies), rule = local.rules.managed_policies.count
          ok = length(policies) <= local.rules.managed_policies.count.at_most
        },
        {
          at = "managed_policies", value = values(policies), rule = local.rules.managed_policies.unique_value
          ok = length(toset([for policy in values(policies) : replace(policy, "/^arn:[^:]+:iam::aws:policy//", "")])) == length(policies)
        },
      ]
    ])
    trust = flatten([
      for trust in [var.trust] : [
        [for field, list in local.trust : [for value in list : { at = "trust.${field}", value = value, rule = local.rules.trust[field] }]],
        { at = "trust", ok = length(setsubtract(keys(trust), keys(local.trust))) == 0, value = keys(trust), rule = local.rules.trust.fields },
        {
          at = "trust", value = keys(trust), rule = local.rules.trust.not_empty
          ok = length(flatten(values(trust))) > 0 && alltrue([for list in values(trust) : list == null ? true : length(flatten([list])) > 0])
        },
      ] if trust != null
    ])
  }

  role_faults = {
    for group, checks in local.checks : group => nonsensitive(sensitive(flatten([
      for check in checks : [
        # Before Terraform 1.8, nothing tells whether a value is sensitive.
        for got in [
          (
            can(issensitive("")) ? issensitive(check.value) || issensitive(checks) : !can(regex("^arn:", check.value))
          ) ? "a value that is not shown" : jsonencode(check.value)
        ] :
        nonsensitive(sensitive("${local.label}: ${check.at}: got ${got}; must ${check.rule.must}. Fix: ${check.rule.fix}."))
      ]
      if can(check.ok) ? !check.ok : (can(check.rule.where) ? can(regex(check.rule.where, check.value)) : true) && !(
        (can(check.rule.pattern) ? can(regex(check.rule.pattern, check.value)) : true) &&
        (can(check.rule.never) ? !can(regex(check.rule.never, check.value)) : true) &&
        try(length(check.value) <= try(check.rule.at_most, 10000) && length(reverse(split("/", check.value))[0]) <= try(check.rule.name_at_most, 10000), false)
      )
    ])))
  }

  # What is wrong with access, and with what the access policy shares with the role.
  access_faults = merge(one(module.access[*].faults), {
    # IAM allows more characters in the path of a role than in that of a policy.
    path = nonsensitive(sensitive([
      for rule in [local.rules.role.path_of_policies] :
      "${local.label}: path: got a path for roles only; must ${rule.must}. Fix: ${rule.fix}."
      if var.path == null ? false : !can(regex(rule.pattern, var.path))
    ]))
    managed_policies = [
      for rule in [local.rules.managed_policies.count_with_access] : nonsensitive(sensitive(
        "${local.label}: managed_policies: got ${length(coalesce(var.managed_policies, {}))} policies; must ${rule.must}. Fix: ${rule.fix}."
      ))
      if nonsensitive(sensitive(length(coalesce(var.managed_policies, {})) > rule.at_most))
    ]
  })
}

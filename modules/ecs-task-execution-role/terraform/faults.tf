# What is wrong with the role's own inputs. modules/access checks access.

locals {
  # Patterns, limits and wordings, which the construct reads too.
  rules = jsondecode(file("${path.module}/modules/access/role.json"))

  # Errors name the role, because Terraform names neither the module nor its key. They wait for a name that is not known yet.
  label = nonsensitive(sensitive("role ${try(jsonencode(coalesce(var.role_name, var.role_name_prefix)), "with a generated name")}"))

  policies = coalesce(var.managed_policies, {})
  trust = {
    for field in ["source_accounts", "source_arns"] :
    field => flatten([for trust in var.trust[*] : [for key, value in trust : value if key == field && value != null]])
  }

  # Every check, by subject: a value that must match its rule, or what else must be ok. While a value is unknown, Terraform does
  # not know the faults of its subject.
  checks = {
    role = flatten([
      [for input, value in {
        role_name   = var.role_name, role_name_prefix = var.role_name_prefix, path = var.path
        description = var.description, max_session_duration = var.max_session_duration
      } : { at = input, value = value, rule = local.rules.role[input] } if value != null],
      { at = "role_name", value = var.role_name, rule = local.rules.role.one_name, ok = var.role_name == null || var.role_name_prefix == null },
    ])
    permissions_boundary = [for arn in var.permissions_boundary[*] : { at = "permissions_boundary", value = arn, rule = local.rules.role.permissions_boundary }]
    tags = flatten([
      [for key, value in var.tags : [
        { at = "tags", value = key, rule = local.rules.tags.key },
        { at = "tags", value = lower(key), rule = local.rules.tags.reserved_key },
        { at = "tags[${jsonencode(key)}]", value = value, rule = local.rules.tags.value },
      ]],
      { at = "tags", value = length(var.tags), rule = local.rules.tags.count },
      {
        at = "tags", value = keys(var.tags), rule = local.rules.tags.unique_key
        ok = length(distinct([for key in keys(var.tags) : lower(key)])) == length(var.tags)
      },
    ])
    managed_policies = flatten([
      [for key, policy in local.policies : [
        { at = "managed_policies", value = key, rule = local.rules.managed_policies.key },
        { at = "managed_policies", value = key, rule = local.rules.managed_policies.reserved_key },
        # AWS refuses a wrong path of its own policies only at apply.
        [for rule in local.rules.policies : { at = "managed_policies[${jsonencode(key)}]", value = policy, rule = rule }],
      ]],
      { at = "managed_policies", value = length(local.policies), rule = local.rules.managed_policies.count },
      {
        at = "managed_policies", value = values(local.policies), rule = local.rules.managed_policies.unique_value
        ok = length(distinct([for policy in values(local.policies) : replace(policy, "/^arn:[^:]+:iam::aws:policy//", "")])) == length(local.policies)
      },
    ])
    trust = flatten([
      [for field, list in local.trust : [for value in list : { at = "trust.${field}", value = value, rule = local.rules.trust[field] }]],
      [for trust in var.trust[*] : [
        { at = "trust", value = keys(trust), rule = local.rules.trust.fields, ok = length(setsubtract(keys(trust), keys(local.trust))) == 0 },
        {
          at = "trust", value = keys(trust), rule = local.rules.trust.not_empty
          ok = try(min([for list in values(trust) : length(flatten([list])) if list != null]...) > 0, false)
        },
      ]],
    ])
    # What the access policy shares with the role. It has the role's path, but IAM allows fewer characters in the path of a policy.
    access_policy = [
      { at = "path", value = var.path == null ? "/" : var.path, rule = local.rules.role.path_of_policies },
      { at = "managed_policies", value = length(local.policies), rule = local.rules.managed_policies.count_with_access },
    ]
  }

  faults = {
    for subject, checks in local.checks : subject => nonsensitive(sensitive([
      for check in checks : nonsensitive(sensitive(format("%s: %s: got %s; %s", local.label, check.at, (
        # Before Terraform 1.8, nothing tells whether a value is sensitive.
        can(issensitive("")) ? issensitive(check.value) || issensitive(checks) : !can(regex("^arn:", check.value))
      ) ? "a value that is not shown" : jsonencode(check.value), replace("must ${check.rule.must}. Fix: ${check.rule.fix}.", "/\\{(\\w+)\\}/", "$1"))))
      if !can(regex(".", local.label)) ? false : can(check.ok) ? !check.ok : can(regex(try(check.rule.where, ""), check.value)) && !(
        can(regex(try(check.rule.pattern, ""), check.value)) && !can(regex(try(check.rule.never, "a^"), check.value)) &&
        try(try(length(check.value), check.value) <= try(check.rule.at_most, 10000), false) && try(check.value >= check.rule.from, true) &&
        try(length(basename(check.value)), 0) <= try(check.rule.name_at_most, 10000)
      )
    ]))
  }
}

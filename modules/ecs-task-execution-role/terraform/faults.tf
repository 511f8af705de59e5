# The rules of the role's own inputs. modules/access has those of access.

locals {
  # Patterns, limits and wordings, which the construct reads too.
  rules = jsondecode(file("${path.module}/modules/access/messages/role.json"))

  # Errors name the role, because Terraform names neither the module nor its key. They wait for a name that is not known yet.
  label = nonsensitive(sensitive("role ${try(jsonencode(coalesce(var.role_name, var.role_name_prefix)), "with a generated name")}"))

  policies = coalesce(var.managed_policies, {})
  trust = {
    for field in ["source_accounts", "source_arns"] :
    field => flatten([for trust in var.trust[*] : [for key, value in trust : value if key == field && value != null]])
  }
}

module "checks" {
  source = "./modules/checks"

  label = local.label
  checks = {
    role = flatten([
      [for input, value in {
        role_name   = var.role_name, role_name_prefix = var.role_name_prefix, path = var.path
        description = var.description, max_session_duration = var.max_session_duration
      } : { at = input, value = value, rule = local.rules.role[input] } if value != null],
      { at = "role_name", value = var.role_name, rule = local.rules.role.one_name, ok = var.role_name == null || var.role_name_prefix == null },
    ])
    permissions_boundary = [{ values = var.permissions_boundary[*], rule = local.rules.role.permissions_boundary }]
    tags = flatten([
      { values = keys(var.tags), rule = local.rules.tags.key },
      { values = [for key in keys(var.tags) : lower(key)], rule = local.rules.tags.reserved_key },
      { value = keys(var.tags), rule = local.rules.tags.unique_key, ok = length(distinct([for key in keys(var.tags) : lower(key)])) == length(var.tags) },
      { value = length(var.tags), rule = local.rules.tags.count },
      [for key, value in var.tags : { at = "tags[${jsonencode(key)}]", value = value, rule = local.rules.tags.value }],
    ])
    managed_policies = flatten([
      { values = keys(local.policies), rule = local.rules.managed_policies.key },
      { values = keys(local.policies), rule = local.rules.managed_policies.reserved_key },
      { value = values(local.policies), rule = local.rules.managed_policies.unique_value, ok = length(distinct([
        for policy in values(local.policies) : replace(policy, "/^arn:[^:]+:iam::aws:policy//", "")
      ])) == length(local.policies) },
      { value = length(local.policies), rule = local.rules.managed_policies.count },
      # AWS refuses a wrong path of its own policies only at apply.
      [for key, value in local.policies : [for rule in local.rules.policies : { at = "managed_policies[${jsonencode(key)}]", value = value, rule = rule }]],
    ])
    trust = flatten([
      [for field, list in local.trust : { at = "trust.${field}", values = list, rule = local.rules.trust[field] }],
      [for trust in var.trust[*] : [
        { value = keys(trust), rule = local.rules.trust.fields, ok = length(setsubtract(keys(trust), keys(local.trust))) == 0 },
        { value = keys(trust), rule = local.rules.trust.not_empty, ok = try(min([
          for list in values(trust) : length(flatten([list])) if list != null
        ]...) > 0, false) },
      ]],
    ])
    # What the access policy shares with the role. It has the role's path, but IAM allows fewer characters in the path of a policy.
    access_policy = [
      { at = "path", value = var.path == null ? "/" : var.path, rule = local.rules.role.path_of_policies },
      { at = "managed_policies", value = length(local.policies), rule = local.rules.managed_policies.count_with_access },
    ]
  }
}

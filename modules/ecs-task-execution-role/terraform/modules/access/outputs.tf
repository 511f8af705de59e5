output "statements" {
  description = "Statements of the access policy, in groups: each statement has a sid, actions, resources and conditions."
  # Terraform does not iterate over sensitive values.
  value = {
    for group, rows in local.statements : group => nonsensitive(sensitive([
      for row in rows : merge({ conditions = [] }, row) if contains(var.role.known, row.sid) ? false : length(row.resources) > 0
    ]))
  }
}

output "faults" {
  description = "What is wrong with access, in sentences, by field and by kind of value in container definitions."
  value = {
    for group, subjects in local.facts.groups : group => nonsensitive(sensitive([
      # A fault whose role has a name that is not known yet is not known either. Terraform could not print it.
      for one in concat([for subject in subjects : local.wrong[subject]]...) : nonsensitive(sensitive(
        "${var.role.label}: access${one.at}: got ${one.got}; must ${replace("${one.rule.must}. Fix: ${one.rule.fix}.", "/\\{(\\w+)\\}/", "$1")}"
      )) if can(regex(".", var.role.label))
    ]))
  }
}

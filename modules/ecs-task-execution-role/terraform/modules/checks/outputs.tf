output "faults" {
  description = "Map of subjects to lists of errors."
  value = {
    for subject, checks in var.checks : subject => nonsensitive(sensitive([
      for check in flatten([for check in checks : try([for value in check.values : merge(check, { value = value })], check)]) : nonsensitive(sensitive(format(
        "%s: %s: got %s; %s", var.label, try(check.at, subject), (
          # Before Terraform 1.8, a module cannot tell whether a value is sensitive. All values made from a sensitive list are sensitive.
          can(issensitive("")) ? anytrue([for given in [check.value, try(check.values, ""), checks] : issensitive(given)]) : !can(regex("^arn:", check.value))
        ) ? "a value that is not shown" : jsonencode(check.value), replace("must ${check.rule.must}. Fix: ${check.rule.fix}.", "/\\{(\\w+)\\}/", "$1")
        ))) if !can(regex(".", var.label)) ? false : can(check.ok) ? !check.ok : can(regex(try(check.rule.where, ""), check.value)) && !(
        can(regex(try(check.rule.pattern, ""), check.value)) && !can(regex(try(check.rule.never, "a^"), check.value)) &&
        try(try(length(check.value), check.value) <= try(check.rule.at_most, 10000), false) && try(check.value >= check.rule.from, true) &&
        try(length(basename(check.value)), 0) <= try(check.rule.name_at_most, 10000)
      )
    ]))
  }
}

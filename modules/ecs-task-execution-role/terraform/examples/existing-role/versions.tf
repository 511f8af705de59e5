terraform {
  required_version = ">= 1.5"

  required_providers {
    # Used by the module alone, but its version belongs into the root module.
    # tflint-ignore: terraform_unused_required_providers
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.72"
    }
  }
}

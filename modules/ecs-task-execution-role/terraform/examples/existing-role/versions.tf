terraform {
  required_version = ">= 1.5"

  required_providers {
    # Only the module uses the provider, but its version belongs in the root module.
    # tflint-ignore: terraform_unused_required_providers
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.72"
    }
  }
}

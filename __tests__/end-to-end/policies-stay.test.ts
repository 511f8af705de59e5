import { policiesStay } from "../support/policies-stay";

// Every form of an apply is among the tests of versions, on the oldest Terraform.
policiesStay("once broken");

import { policiesStay } from "../support/policies-stay";

// The tests in `versions` cover every kind of apply, on the oldest supported Terraform.
policiesStay("once broken");

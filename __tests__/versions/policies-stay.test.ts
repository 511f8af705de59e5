import { policiesStay } from "../support/policies-stay";
import { BINARIES, terraformAt } from "../support/terraform-1.5";

describe.each(BINARIES)("%s", (binary) => {
  policiesStay("every form", () => terraformAt(binary));
});

import { policiesStay } from "../support/policies-stay";

policiesStay();

// How long importing the package takes in addition to cdktf and the provider's classes, in milliseconds.
require("cdktf");
for (const resource of [
  "data-aws-caller-identity",
  "data-aws-iam-policy-document",
  "data-aws-partition",
  "data-aws-region",
  "iam-policy",
  "iam-role",
  "iam-role-policies-exclusive",
  "iam-role-policy-attachment",
  "iam-role-policy-attachments-exclusive",
  "provider",
]) {
  require(`@cdktf/provider-aws/lib/${resource}`);
}
const began = performance.now();
require("../../lib");
console.log(performance.now() - began);

const { DataAwsCallerIdentity } = require("@cdktf/provider-aws/lib/data-aws-caller-identity");
const { DataAwsIamPolicyDocument } = require("@cdktf/provider-aws/lib/data-aws-iam-policy-document");
const { DataAwsPartition } = require("@cdktf/provider-aws/lib/data-aws-partition");
const { DataAwsRegion } = require("@cdktf/provider-aws/lib/data-aws-region");
const { IamPolicy } = require("@cdktf/provider-aws/lib/iam-policy");
const { IamRole } = require("@cdktf/provider-aws/lib/iam-role");
const { IamRolePolicyAttachment } = require("@cdktf/provider-aws/lib/iam-role-policy-attachment");
const { ACCESS, synthesizeRoles } = require("./app");
const { FOUR_POLICIES } = require("./four-policies");

function roleWithTrust(stack, id) {
  const trust = new DataAwsIamPolicyDocument(stack, `${id}-trust`, {
    statement: [
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
      },
    ],
  });
  return new IamRole(stack, id, { name: id, assumeRolePolicy: trust.json });
}

function rolePolicy(stack, id, role, { imageRepositories, logGroups, secrets }) {
  const document = new DataAwsIamPolicyDocument(stack, `${id}-document`, {
    statement: [
      { sid: "RegistryLogin", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
      {
        sid: "PullImages",
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: imageRepositories,
      },
      {
        sid: "WriteLogs",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: logGroups.map((arn) => `${arn}:*`),
      },
      { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: secrets },
    ],
  });
  const policy = new IamPolicy(stack, `${id}-policy`, { name: `${role.name}-access`, policy: document.json });
  new IamRolePolicyAttachment(stack, `${id}-attachment`, { role: role.name, policyArn: policy.arn });
}

const MODES = {
  "four policies": (stack, id) => {
    const { partition } = new DataAwsPartition(stack, `${id}-partition`);
    const role = roleWithTrust(stack, id);
    for (const policy of FOUR_POLICIES) {
      new IamRolePolicyAttachment(stack, `${id}-${policy}`, {
        role: role.name,
        policyArn: `arn:${partition}:iam::aws:policy/${policy}`,
      });
    }
  },
  "least privilege": (stack, id) => {
    new DataAwsPartition(stack, `${id}-partition`);
    rolePolicy(stack, id, roleWithTrust(stack, id), ACCESS);
  },
  // Container definitions do not contain the partition and the account, so data sources read them.
  "container definitions": (stack, id) => {
    const { partition } = new DataAwsPartition(stack, `${id}-partition`);
    const { accountId } = new DataAwsCallerIdentity(stack, `${id}-account`);
    new DataAwsRegion(stack, `${id}-region`);
    const role = roleWithTrust(stack, id);
    rolePolicy(stack, id, role, {
      imageRepositories: [`arn:${partition}:ecr:us-east-1:111122223333:repository/orders`],
      logGroups: [`arn:${partition}:logs:us-east-1:${accountId}:log-group:/ecs/orders`],
      secrets: ACCESS.secrets,
    });
  },
};

exports.synthesize = (mode, roles) => synthesizeRoles(roles, MODES[mode]);

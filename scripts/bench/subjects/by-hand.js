const { DataAwsIamPolicyDocument } = require("@cdktf/provider-aws/lib/data-aws-iam-policy-document");
const { DataAwsPartition } = require("@cdktf/provider-aws/lib/data-aws-partition");
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
    const role = roleWithTrust(stack, id);
    const document = new DataAwsIamPolicyDocument(stack, `${id}-document`, {
      statement: [
        { sid: "RegistryLogin", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
          sid: "PullImages",
          actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          resources: ACCESS.imageRepositories,
        },
        {
          sid: "WriteLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: ACCESS.logGroups.map((arn) => `${arn}:*`),
        },
        { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: ACCESS.secrets },
      ],
    });
    const policy = new IamPolicy(stack, `${id}-policy`, { name: `${role.name}-access`, policy: document.json });
    new IamRolePolicyAttachment(stack, `${id}-attachment`, { role: role.name, policyArn: policy.arn });
  },
};

exports.synthesize = (mode, roles) => synthesizeRoles(roles, MODES[mode]);

import { attachedPolicies, policyDocuments, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";

const OWN_BUCKET = { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } };

endToEnd("examples/least-privilege", (parts) => {
  test("deploys in one apply, grants only access to its own resources, and destroys everything", async () => {
    const orders = (await synthesizeExample(parts, "least-privilege"))("orders");
    await orders.apply();
    await orders.expectNoChanges();

    const [roleName = ""] = await roleNames(parts.iam);
    expect(await attachedPolicies(parts.iam, roleName)).toEqual([
      `arn:aws:iam::123456789012:policy/${roleName}-access`,
    ]);
    const [document] = await policyDocuments(parts.iam, roleName);
    const at = "us-east-1:123456789012";
    expect(document).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "RegistryLogin", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
        {
          Sid: "PullImages",
          Effect: "Allow",
          Action: ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability"],
          Resource: `arn:aws:ecr:${at}:repository/orders`,
        },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:PutLogEvents", "logs:CreateLogStream"],
          Resource: `arn:aws:logs:${at}:log-group:/ecs/orders:*`,
        },
        {
          Sid: "ReadSecrets",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: [
            expect.stringMatching(`^arn:aws:secretsmanager:${at}:secret:orders/token-[A-Za-z0-9]{6}$`),
            expect.stringMatching(`^arn:aws:secretsmanager:${at}:secret:orders/database-[A-Za-z0-9]{6}$`),
          ],
        },
        {
          Sid: "ReadParameters",
          Effect: "Allow",
          Action: "ssm:GetParameters",
          Resource: `arn:aws:ssm:${at}:parameter/orders/flags`,
        },
        {
          Sid: "Decrypt",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: expect.stringMatching(`^arn:aws:kms:${at}:key/[0-9a-f-]+$`),
          Condition: { StringLike: { "kms:ViaService": ["secretsmanager.*", "ssm.*", "s3.*"] } },
        },
        {
          Sid: "ReadEnvironmentFiles",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: expect.stringMatching(/^arn:aws:s3:::orders-config-[0-9a-f]+\/production\.env$/),
          Condition: OWN_BUCKET,
        },
        {
          Sid: "LocateEnvironmentFiles",
          Effect: "Allow",
          Action: "s3:GetBucketLocation",
          Resource: expect.stringMatching(/^arn:aws:s3:::orders-config-[0-9a-f]+$/),
          Condition: OWN_BUCKET,
        },
      ],
    });

    await orders.destroy();
    expect(await roleNames(parts.iam)).toEqual([]);
    expect((await orders.terraform("state", "list")).stdout).toBe("");
  });
});

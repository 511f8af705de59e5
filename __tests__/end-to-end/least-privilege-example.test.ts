import { attachedPolicies, resourcesOf, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";

endToEnd("examples/least-privilege", (parts) => {
  test("deploys in one apply, grants only access to its own resources, and destroys everything", async () => {
    const orders = (await synthesizeExample(parts, "least-privilege"))("orders");
    await orders.apply();
    await orders.expectNoChanges();

    const [roleName = ""] = await roleNames(parts.iam);
    expect(await attachedPolicies(parts.iam, roleName)).toEqual([
      `arn:aws:iam::123456789012:policy/${roleName}-access`,
    ]);
    const at = "us-east-1:123456789012";
    expect(await resourcesOf(parts.iam, roleName)).toEqual({
      RegistryLogin: "*",
      PullImages: `arn:aws:ecr:${at}:repository/orders`,
      WriteLogs: `arn:aws:logs:${at}:log-group:/ecs/orders:*`,
      ReadSecrets: [
        expect.stringMatching(`^arn:aws:secretsmanager:${at}:secret:orders/token-[A-Za-z0-9]{6}$`),
        expect.stringMatching(`^arn:aws:secretsmanager:${at}:secret:orders/database-[A-Za-z0-9]{6}$`),
      ],
      ReadParameters: `arn:aws:ssm:${at}:parameter/orders/flags`,
      Decrypt: expect.stringMatching(`^arn:aws:kms:${at}:key/[0-9a-f-]+$`),
      ReadEnvironmentFiles: expect.stringMatching(/^arn:aws:s3:::orders-config-[0-9a-f]+\/production\.env$/),
      LocateEnvironmentFiles: expect.stringMatching(/^arn:aws:s3:::orders-config-[0-9a-f]+$/),
    });

    await orders.destroy();
    expect(await roleNames(parts.iam)).toEqual([]);
    expect((await orders.terraform("state", "list")).stdout).toBe("");
  });
});

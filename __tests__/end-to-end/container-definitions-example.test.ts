import { resourcesOf, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";

endToEnd("examples/container-definitions", (parts) => {
  test("deploys in one apply and grants only what the containers need", async () => {
    const orders = (await synthesizeExample(parts, "container-definitions"))("orders");
    await orders.apply();
    await orders.expectNoChanges();

    const [roleName = ""] = await roleNames(parts.iam);
    const at = "us-east-1:123456789012";
    expect(await resourcesOf(parts.iam, roleName)).toEqual({
      RegistryLogin: "*",
      PullImages: `arn:aws:ecr:${at}:repository/orders`,
      WriteLogs: `arn:aws:logs:${at}:log-group:/ecs/orders:*`,
      ReadSecrets: expect.stringMatching(`^arn:aws:secretsmanager:${at}:secret:orders/database-[A-Za-z0-9]{6}$`),
      ReadParameters: `arn:aws:ssm:${at}:parameter/orders/flags`,
    });
  });
});

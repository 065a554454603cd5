/** Configuration that lets every preset run: made-up values of the right form. Keys carry their namespace. */
export const SAMPLE_CONFIG: Readonly<Record<string, string>> = {
  "azure-native:subscriptionId": "00000000-1111-4222-8333-444444444444",
  "azure-native:tenantId": "55555555-6666-4777-8888-999999999999",
  "aks-fleet:adminGroupId": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  "aks-fleet:budgetStart": "2026-12-01T00:00:00Z",
  "aks-fleet:kialiOauthClientId": "12121212-3434-4565-8787-909090909090",
  "aks-fleet:kialiOauthPrincipalId": "21212121-4343-4656-8878-090909090909",
  "aks-fleet:jumpHostSshKey":
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJxq0n1lS6rJfX9XeXhXkq7bM7zZ0VZ0dX1JbQ2mW8y operator",
};

/** Keys of {@link SAMPLE_CONFIG}'s namespace whose values are secret. */
export const SECRET_KEYS: readonly string[] = ["aks-fleet:gitSshPrivateKey"];

/** Name of the project, which is also the namespace of its configuration. */
export const PROJECT = "aks-fleet";

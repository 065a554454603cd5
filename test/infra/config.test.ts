import { fleet } from "../../clusters/fleet";
import { demo } from "../../clusters/presets/demo";
import { type Lookup, readSettings } from "../../infra/config";
import { checkSettings } from "../../infra/config-rules";
import { PROJECT, recorded, recordRun, SAMPLE_CONFIG } from "../../infra/record";

/** A configuration that works, with changes; `undefined` takes a key away. */
function given(changes: Readonly<Record<string, string | undefined>> = {}): Lookup {
  const own = Object.fromEntries(
    Object.entries(SAMPLE_CONFIG).map(([key, value]) => [key.replace(`${PROJECT}:`, ""), value]),
  );
  const all: Readonly<Record<string, string | undefined>> = { ...own, ...changes };
  return Object.assign((key: string) => all[key], { isSecret: () => true });
}

const EMPTY: Lookup = Object.assign(() => undefined, { isSecret: () => false });

const PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";

test("the sample works for both presets", () => {
  expect(checkSettings(fleet, given())).toEqual([]);
  expect(checkSettings(demo, given())).toEqual([]);
});

test("an empty configuration is refused with everything that is missing, at once", () => {
  expect(() => readSettings(fleet, EMPTY)).toThrow("the stack's configuration has 7 problems");
  expect(checkSettings(fleet, EMPTY).map(({ key }) => key)).toEqual([
    "azure-native:subscriptionId",
    "azure-native:tenantId",
    "adminGroupId",
    "budgetStart",
    "kialiOauthClientId",
    "kialiOauthPrincipalId",
    "jumpHostSshKey",
  ]);
});

test("every problem says how to mend it", () => {
  for (const { reason, fix } of checkSettings(fleet, EMPTY)) {
    expect(reason).not.toBe("");
    expect(fix).toMatch(/^pulumi config set /);
  }
});

test("a fleet without jump host needs no key for one", () => {
  expect(checkSettings(demo, given({ jumpHostSshKey: undefined }))).toEqual([]);
});

test.each([
  ["azure-native:subscriptionId", "my subscription"],
  ["azure-native:subscriptionId", "<subscription id>"],
  ["azure-native:tenantId", "contoso.com"],
  ["adminGroupId", "00000000-0000-0000-0000-000000000000"],
  ["budgetStart", "2026-12-05T00:00:00Z"],
  ["budgetStart", "2026-12-01"],
  ["kialiOauthClientId", "kiali"],
  ["jumpHostSshKey", "-----BEGIN OPENSSH PRIVATE KEY-----"],
  ["gitSshPrivateKey", "ssh-ed25519 AAAA"],
  ["gitKnownHosts", "not a host key"],
  ["protect", "yes"],
  ["purgeProtection", "1"],
])("%s refuses %j", (key, value) => {
  expect(checkSettings(fleet, given({ [key]: value })).map((problem) => problem.key)).toEqual([key]);
});

test("a deploy key for a repository that is pulled over HTTPS is a mistake", () => {
  expect(checkSettings(demo, given({ gitSshPrivateKey: PRIVATE_KEY }))).toEqual([
    expect.objectContaining({
      key: "gitSshPrivateKey",
      reason: expect.stringContaining("https://github.com/example/aks-fleet"),
    }),
  ]);
});

test("a deploy key may come without its last line break, as the command line cuts it off, and gets it back", async () => {
  const { gitSshPrivateKey } = readSettings(fleet, given({ gitSshPrivateKey: PRIVATE_KEY.trimEnd() }));
  expect(await new Promise((resolve) => gitSshPrivateKey?.apply(resolve))).toBe(PRIVATE_KEY);
});

test("a deploy key in clear is refused", () => {
  const clear = Object.assign(given({ gitSshPrivateKey: PRIVATE_KEY }), { isSecret: () => false });
  expect(checkSettings(fleet, clear)).toEqual([
    expect.objectContaining({ reason: expect.stringContaining("in clear") }),
  ]);
});

test("a time zone without a name in Azure is found before anything is created", () => {
  expect(checkSettings({ ...fleet, timeZone: "Antarctica/Troll" }, given())).toEqual([
    expect.objectContaining({ reason: expect.stringContaining("Antarctica/Troll") }),
  ]);
});

test("the program stops at a wrong configuration before it registers anything", async () => {
  const config = { [`${PROJECT}:adminGroupId`]: undefined, [`${PROJECT}:budgetStart`]: "soon" };
  const run = recordRun({ preset: "default", config });
  await expect(run).rejects.toThrow(/2 problems[\s\S]*adminGroupId[\s\S]*budgetStart/);
});

test("the program stops at an unknown preset, and names those there are", async () => {
  await expect(recordRun({ preset: "prod" })).rejects.toThrow(/no preset "prod".*default, demo/);
});

test("a deploy key is a secret wherever it goes, and no key pair is announced then", async () => {
  const { resources, outputs } = await recorded({
    preset: "default",
    config: { [`${PROJECT}:gitSshPrivateKey`]: PRIVATE_KEY },
  });
  const configurations = resources.filter(({ type }) => type.endsWith(":FluxConfiguration"));
  expect(configurations.map(({ secrets }) => secrets)).toEqual(
    Array(3).fill(["configurationProtectedSettings.sshPrivateKey"]),
  );
  expect(outputs["fluxPublicKeys"]).toEqual({});
  const elsewhere = resources.filter(({ type }) => !type.endsWith(":FluxConfiguration"));
  expect(JSON.stringify([elsewhere, outputs])).not.toContain(Buffer.from(PRIVATE_KEY).toString("base64"));
});

test("switches reach what they are for", async () => {
  const config = {
    [`${PROJECT}:protect`]: "false",
    [`${PROJECT}:purgeProtection`]: "false",
    [`${PROJECT}:backupInstances`]: "false",
    [`${PROJECT}:defenderPlan`]: "true",
  };
  const { resources } = await recorded({ preset: "demo", config });
  expect(resources.filter(({ protect }) => protect)).toEqual([]);
  expect(resources.filter(({ type }) => type.endsWith(":BackupInstance"))).toEqual([]);
  const vault = resources.find(({ type }) => type.endsWith("keyvault:Vault"));
  expect(vault?.inputs["properties"]).toEqual(
    expect.not.objectContaining({ enablePurgeProtection: expect.anything() }),
  );
  expect(resources.filter(({ type }) => type.endsWith(":Pricing"))).toEqual([
    expect.objectContaining({ retainOnDelete: true }),
  ]);
});

test("a deploy key in clear stops the program", async () => {
  const config = { [`${PROJECT}:gitSshPrivateKey`]: PRIVATE_KEY };
  await expect(recordRun({ preset: "default", config, secretKeys: [] })).rejects.toThrow("in clear");
});

import { list, markdownTable } from "../../../cli/docs/markdown";
import { clusterTables, componentMatrix } from "../../../cli/docs/matrix";
import { hostTable, nameTables, secretTable } from "../../../cli/docs/names";
import { PINNED, versionTable } from "../../../cli/docs/versions";
import { fleet } from "../../../clusters/fleet";
import { CHARTS } from "../../../clusters/versions";
import { cheap, small } from "./fleets";

const component = (name: string) => ({ name, objects: [] });

it("keeps what would end a cell or a row inside its cell", () => {
  expect(markdownTable(["a"], [["b | c\nd"]])).toBe("| a |\n|---|\n| b \\| c d |");
  expect([list([]), list(["a", "b"])]).toEqual(["–", "a, b"]);
});

it("shows which component each cluster of each preset has", () => {
  const presets = [
    { preset: "p", fleet: small, clusters: [{ name: "one", components: [component("b"), component("a")] }] },
    {
      preset: "q",
      fleet: cheap,
      clusters: [
        { name: "one", components: [component("c")] },
        { name: "two", components: [component("a")] },
      ],
    },
  ];
  expect(componentMatrix(presets)).toBe(
    [
      "| component | p: one | q: one | q: two |",
      "|---|---|---|---|",
      "| `a` | ✓ |  | ✓ |",
      "| `b` | ✓ |  |  |",
      "| `c` |  | ✓ |  |",
    ].join("\n"),
  );
});

it("describes each kind of cluster", () => {
  const text = clusterTables([{ preset: "small", fleet: small, clusters: [] }]);
  for (const row of [
    "Kubernetes 1.35, Standard tier, private API servers, region koreacentral.",
    "| system pool | 2 × Standard_D4s_v5 | 1 × Standard_D8s_v5 |",
    "| ingress pool | 4 × Standard_D2s_v5 | – |",
    "| workers | Karpenter, Spot, family D, E, up to 12 vCPU | Spot, 1 to 5 × Standard_D4s_v5 |",
    "| without Spot capacity | Regular machines | Regular machines |",
    "| outside working hours | drained | stopped |",
    "| hostnames | `web.example.com` | – |",
  ])
    expect(text).toContain(row);
});

it("shows every pin, and which presets use it", () => {
  const versions = {
    ...PINNED,
    kubernetes: { "1.35": { patch: "1.35.4" }, "1.36": { patch: "1.36.4" } },
  };
  const text = versionTable(versions, { a: small, b: { ...cheap, meshRevision: "asm-1-29" } });
  expect(text).toContain("| Kubernetes | 1.35 | used by `a`, `b`; schemas of 1.35.4 |");
  expect(text).toContain("| Kubernetes | 1.36 | in no preset; schemas of 1.36.4 |");
  expect(text).toContain("| mesh revision | asm-1-29 | used by `b`; for Kubernetes 1.31 to 1.36 |");
  for (const { name, version } of Object.values(CHARTS)) expect(text).toContain(`| chart \`${name}\` | ${version} |`);
});

it("names what people type, and only what there is", () => {
  expect(nameTables(fleet)).toContain("| app1 | `aks-app1` | `rg-k8s-demo-app1` | `rg-k8s-demo-app1-snapshots` |");
  expect(nameTables(fleet)).toContain("| jump host | `vm-k8s-demo-jump` |");
  expect(nameTables(cheap)).not.toMatch(/jump host|Bastion/);
});

it("says who puts each secret in and who reads it", () => {
  const text = secretTable(fleet);
  expect(text).toContain("| `storefront-session-key` | you | app1: storefront/storefront |");
  expect(text).toContain("| `kiali-oauth-client-secret` | you | mgmt: kiali/kiali, app1: kiali/kiali |");
  expect(text).toContain("| `app1-ingress-tls` | External Secrets | you, in a restore |");
  expect(text).not.toContain("app2-ingress-tls");
});

it("says which cluster answers to a hostname, and how its record set is called", () => {
  expect(hostTable(fleet)).toContain("| `shop.example.com` | app1 | `shop` |");
  expect(hostTable({ ...fleet, clusters: [] })).toBe("| hostname | cluster | record set |\n|---|---|---|");
});

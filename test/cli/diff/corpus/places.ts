import type { CorpusCase } from "./case";
import { edit, type Files, moved, replaced, without } from "./edit";

/** What Flux applies where: moves, renames, removals, Kustomizations and variables. */
export const PLACES: readonly CorpusCase[] = [
  {
    name: "move a component's object to another component",
    after: () => moved(/app1.*\/service\.storefront/, "workloads-storefront", "istio"),
    expected: ["danger move/recreated app1"],
  },
  {
    name: "move the gateway, which is protected, to another component",
    after: () => moved(/app1\/istio\/gateway/, "/istio/", "/kiali/"),
    expected: ["notice move/protected app1"],
  },
  {
    name: "rename a component",
    after: () => renameNight(),
    expected: ["danger move/recreated app2", "danger prune/protected-kind app2", "warning rename/object app2"],
  },
  {
    name: "rename an application",
    after: () => renameLedger(),
    expected: [
      "danger identity/subject app2",
      "notice prune/object app2",
      "warning exposure/service-selector app2",
      "warning prune/workload app2",
      "warning rename/object app2",
    ],
  },
  {
    name: "drop a namespace with what is in it",
    after: () =>
      without(
        /app2\/((night|secrets|workloads-ledger)\/|namespaces\/.*ledger|flux-system\/kustomization.*\.(night|secrets|workloads-ledger)\.)/,
      ),
    expected: [
      "danger network/policy-removed app2",
      "danger prune/protected-kind app2",
      "notice prune/object app2",
      "notice variable/disappeared app2",
      "warning identity/gone app2",
      "warning pdb/removed app2",
      "warning prune/orphaned app2",
      "warning prune/workload app2",
      "warning quota/removed app2",
      "warning scaling/removed app2",
    ],
  },
  {
    name: "remove a cluster",
    after: () => without(/^app2\//),
    expected: ["danger cluster/removed app2", "warning prune/orphaned app2"],
  },
  {
    name: "suspend a Kustomization",
    after: () =>
      edit(/app1.*kustomization\.flux-system\.istio/, (o) => {
        o.spec.suspend = true;
      }),
    expected: ["warning flux/suspended app1"],
  },
  {
    name: "turn pruning off",
    after: () =>
      edit(/mgmt.*kustomization\.flux-system\.kiali/, (o) => {
        o.spec.prune = false;
      }),
    expected: ["warning flux/prune-off mgmt"],
  },
  {
    name: "drop a dependency",
    after: () =>
      edit(/app1.*kustomization\.flux-system\.workloads/, (o) => {
        o.spec.dependsOn = o.spec.dependsOn.filter((d: { name: string }) => d.name !== "secrets");
      }),
    expected: ["warning flux/dependency-removed app1"],
  },
  {
    name: "stop producing a variable that is used",
    after: () =>
      edit(/app2.*cluster-vars/, (o) => {
        delete o.data.LEDGER_CLIENT_ID;
      }),
    expected: ["danger variable/undefined app2", "warning data/config-key-removed app2"],
  },
  {
    name: "sort the entries of a list anew",
    after: () =>
      edit(/app2.*kustomization\.flux-system\.workloads/, (o) => {
        o.spec.dependsOn.reverse();
      }),
    expected: [],
  },
];

function renameNight(): Files {
  const files = moved(
    /app2\/flux-system\/kustomization.*\.night\./,
    ".night.",
    ".drain.",
    moved(/^app2\/night\//, "/night/", "/drain/"),
  );
  return edit(
    /app2\/flux-system\/kustomization.*\.drain\./,
    (o) => {
      o.metadata.name = "drain";
      o.spec.path = "./dist/app2/drain";
    },
    files,
  );
}

function renameLedger(): Files {
  const files = moved(/app2\/workloads-ledger\//, "ledger.ledger", "ledger.accounts");
  return replaced(
    /app2\/workloads-ledger\/.*accounts/,
    "name: ledger\n",
    "name: accounts\n",
    replaced(/app2\/workloads-ledger\/.*accounts/, ": ledger\n", ": accounts\n", files),
  );
}

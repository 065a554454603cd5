import { added, edit, type Files, fleet, moved, replaced, without } from "./edit";

/** A change as it comes in a pull request, and what must be found: `rule` and the clusters it is found on. */
export interface CorpusCase {
  readonly name: string;
  readonly after: () => Files;
  /** Every finding that is more than information, as `severity rule clusters`. */
  readonly expected: readonly string[];
}

interface Container {
  image: string;
  securityContext: Record<string, unknown>;
}

const container = (workload: { spec: { template: { spec: { containers: readonly [Container] } } } }): Container =>
  workload.spec.template.spec.containers[0];

export const CASES: readonly CorpusCase[] = [
  {
    name: "upgrade a chart by a minor version",
    after: () =>
      edit(/ocirepository.*kyverno/, (o) => {
        o.spec.ref.tag = "3.10.0";
      }),
    expected: ["notice version/chart-minor app1 app2"],
  },
  {
    name: "upgrade a chart by a major version",
    after: () =>
      edit(/ocirepository.*cert-manager/, (o) => {
        o.spec.ref.tag = "v2.0.0";
      }),
    expected: ["warning version/chart-major app1 mgmt"],
  },
  {
    name: "roll a chart back",
    after: () =>
      edit(/app1.*ocirepository.*reloader/, (o) => {
        o.spec.ref.tag = "2.2.0";
      }),
    expected: ["danger version/chart-downgrade app1"],
  },
  {
    name: "change a chart's values",
    after: () =>
      edit(/helmrelease.*reloader/, (o) => {
        o.spec.values.more = true;
      }),
    expected: ["notice helm/values app1 app2"],
  },
  {
    name: "install a chart into another namespace",
    after: () =>
      edit(/mgmt.*helmrelease.*kiali/, (o) => {
        o.spec.targetNamespace = "observability";
      }),
    expected: ["danger helm/release-moved mgmt"],
  },
  {
    name: "release a new image",
    after: () =>
      edit(/deployment\.storefront\.storefront\.yaml/, (o) => {
        container(o).image = "acrk8sdemo7f3a.azurecr.io/storefront:2.5.0";
      }),
    expected: ["notice workload/image app1"],
  },
  {
    name: "take an image from another registry, by a tag that moves",
    after: () =>
      edit(/deployment\.ledger/, (o) => {
        container(o).image = "docker.io/evil/ledger:latest";
      }),
    expected: [
      "notice workload/image app2",
      "warning workload/image-registry app2",
      "warning workload/image-unpinned app2",
    ],
  },
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
    name: "widen the allow-list of registries",
    after: () => replaced(/restrict-image-registries/, '"quay.io/"', '"quay.io/", "docker.io/"'),
    expected: ["danger policy/allow-list-wider app1 app2"],
  },
  {
    name: "exempt a namespace from a policy",
    after: () =>
      edit(/app1.*disallow-privileged/, (o) => {
        o.spec.matchConstraints.namespaceSelector.matchExpressions[0].values.push("storefront");
      }),
    expected: ["danger policy/narrower-match app1"],
  },
  {
    name: "turn a policy from Deny to Audit",
    after: () =>
      edit(/require-resource-limits/, (o) => {
        o.spec.validationActions = ["Audit"];
      }),
    expected: ["danger policy/weaker-action app1 app2"],
  },
  {
    name: "remove a policy",
    after: () => without(/validatingpolicy\.require-labels/),
    expected: ["danger policy/removed app1 app2", "notice prune/object app1 app2"],
  },
  {
    name: "change a node pool's families",
    after: () =>
      fleet((f) => {
        for (const c of f.clusters)
          Object.assign(c.capacity.spot, { families: ["E"], limits: { cpu: 20, memoryGiB: 160 } });
      }),
    expected: ["warning nodes/replaced app1 app2 mgmt"],
  },
  {
    name: "let a node pool grow less",
    after: () =>
      fleet((f) => {
        f.clusters[1].capacity.spot.limits.cpu = 10;
      }),
    expected: ["warning nodes/limits-down app1"],
  },
  {
    name: "drop a zone",
    after: () =>
      fleet((f) => {
        for (const c of f.clusters) c.zones = ["1", "2"];
      }),
    expected: ["warning nodes/replaced app1 app2 mgmt", "warning nodes/spread app1 app2 mgmt"],
  },
  {
    name: "enlarge the disks of nodes",
    after: () =>
      edit(/aksnodeclass/, (o) => {
        o.spec.osDiskSizeGB = 256;
      }),
    expected: ["warning nodes/replaced app1 app2 mgmt"],
  },
  {
    name: "rotate the mesh's revision",
    after: () =>
      fleet((f) => {
        f.meshRevision = "asm-1-29";
      }),
    expected: [
      "notice prune/object app1 mgmt",
      "warning mesh/config app1 mgmt",
      "warning mesh/revision app1",
      "warning prune/orphaned app1 mgmt",
      "warning rename/object app1 mgmt",
    ],
  },
  {
    name: "let the mesh take plain text",
    after: () =>
      edit(/peerauthentication\.storefront/, (o) => {
        o.spec.mtls.mode = "PERMISSIVE";
      }),
    expected: ["danger mesh/mtls-down app1"],
  },
  {
    name: "let everybody in the mesh call an application",
    after: () =>
      edit(/allow-gateway-to-storefront/, (o) => {
        delete o.spec.rules[0].from;
      }),
    expected: ["danger mesh/authorization-wider app1"],
  },
  {
    name: "take a namespace out of the mesh",
    after: () =>
      edit(/app1.*namespace\.storefront/, (o) => {
        delete o.metadata.labels["istio.io/rev"];
      }),
    expected: ["danger mesh/injection-off app1"],
  },
  {
    name: "serve another host",
    after: () =>
      edit(/app1.*virtualservice\.storefront/, (o) => {
        o.spec.hosts.push("admin.example.com");
      }),
    expected: ["warning exposure/host-added app1"],
  },
  {
    name: "end TLS at the gateway less strictly",
    after: () =>
      edit(/gateway\.aks-istio-ingress/, (o) => {
        o.spec.servers[0].tls.httpsRedirect = false;
      }),
    expected: ["danger exposure/tls-down app1 mgmt", "notice gateway/changed app1 mgmt"],
  },
  {
    name: "give a Service a public address",
    after: () =>
      edit(/service\.ledger/, (o) => {
        o.spec.type = "LoadBalancer";
      }),
    expected: ["danger exposure/service-public app2", "warning exposure/service-selector app2"],
  },
  {
    name: "remove the default network policy",
    after: () => without(/networkpolicy\.ledger\.default-deny/),
    expected: ["danger network/policy-removed app2", "notice prune/object app2"],
  },
  {
    name: "let a namespace run anything",
    after: () =>
      edit(/namespace\.storefront/, (o) => {
        delete o.metadata.labels["pod-security.kubernetes.io/enforce"];
      }),
    expected: ["danger psa/lower app1"],
  },
  {
    name: "make a container privileged",
    after: () =>
      edit(/deployment\.ledger/, (o) => {
        container(o).securityContext = { privileged: true };
      }),
    expected: [
      "danger security/capabilities app2",
      "danger security/privileged app2",
      "warning security/confinement app2",
      "warning security/escalation app2",
    ],
  },
  {
    name: "change a selector",
    after: () =>
      edit(/deployment\.ledger/, (o) => {
        o.spec.selector.matchLabels.version = "2";
        o.spec.template.metadata.labels.version = "2";
      }),
    expected: ["danger object/immutable app2"],
  },
  {
    name: "scale an application to fewer pods",
    after: () =>
      edit(/horizontalpodautoscaler\.ledger/, (o) => {
        o.spec.minReplicas = 1;
      }),
    expected: ["warning scaling/bounds-down app2"],
  },
  {
    name: "remove a disruption budget",
    after: () => without(/poddisruptionbudget\.ledger/),
    expected: ["notice prune/object app2", "warning pdb/removed app2"],
  },
  {
    name: "shrink a team's quota",
    after: () =>
      fleet((f) => {
        f.clusters[2].applications[0].quota.pods = 20;
      }),
    expected: ["warning quota/down app2"],
  },
  {
    name: "change the parameters of a storage class",
    after: () =>
      edit(/storageclass\.managed-csi-retain/, (o) => {
        o.parameters.skuName = "Premium_LRS";
        o.reclaimPolicy = "Delete";
      }),
    expected: ["danger data/reclaim-delete app1 app2 mgmt", "danger object/immutable app1 app2 mgmt"],
  },
  {
    name: "add a name to the certificate",
    after: () =>
      edit(/app1.*certificate\.aks-istio-ingress/, (o) => {
        o.spec.dnsNames.push("example.com");
      }),
    expected: ["warning certificate/reissued app1"],
  },
  {
    name: "issue certificates by staging",
    after: () =>
      edit(/certificate\.aks-istio-ingress/, (o) => {
        o.spec.issuerRef.name = "letsencrypt-staging";
      }),
    expected: ["danger certificate/issuer app1 mgmt", "warning certificate/reissued app1 mgmt"],
  },
  {
    name: "let a service account act as another identity",
    after: () => replaced(/app1.*serviceaccount\.storefront/, "${STOREFRONT_CLIENT_ID}", "${KIALI_CLIENT_ID}"),
    expected: ["danger identity/client app1"],
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
    name: "remove a component",
    after: () => without(/app1\/reloader\/|app1\/flux-system\/kustomization\.flux-system\.reloader/),
    expected: ["danger helm/uninstalled app1", "danger prune/protected-kind app1"],
  },
  {
    name: "remove a cluster",
    after: () => without(/^app2\//),
    expected: ["danger cluster/removed app2", "warning prune/orphaned app2"],
  },
  {
    name: "bind somebody to cluster-admin",
    after: () =>
      added("mgmt/kiali/clusterrolebinding.dev.yaml", {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: "dev" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "User", name: "dev@example.com", apiGroup: "rbac.authorization.k8s.io" }],
      }),
    expected: ["danger rbac/cluster-admin mgmt"],
  },
  {
    name: "put a password into Git",
    after: () =>
      added("app2/secrets/secret.ledger.database.yaml", {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "database", namespace: "ledger" },
        stringData: { password: "correct horse" },
      }),
    expected: ["danger data/secret-in-git app2"],
  },
  {
    name: "read another secret from the vault",
    after: () => replaced(/secretproviderclass\.ledger/, "ledger-database-password", "ledger-other-password"),
    expected: ["warning secrets/source app2"],
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

import { ApiClient } from "../../../cli/live/client";
import { type Crd, crdsIn, installCrds, policyCrds, providedCrds } from "../../../cli/live/crds";
import type { ModuleName } from "../../../cli/live/modules";
import { withFolder } from "../folder";
import { refusal, withApiServer } from "./api-server";

const crd = (plural: string, group: string, kind = "CustomResourceDefinition") => `
apiVersion: apiextensions.k8s.io/v1
kind: ${kind}
metadata: {name: ${plural}.${group}}
spec: {group: ${group}, names: {kind: X, plural: ${plural}}, scope: Cluster, versions: [{name: v1, served: true}]}
status: {acceptedNames: {}}
`;
const names = (crds: readonly Crd[]) => crds.map(({ metadata }) => metadata.name);

/** Folders of modules, made of what the folder holds. */
const foldersIn = (folder: string) =>
  new Proxy({}, { get: (_, module) => `${folder}/${String(module)}` }) as Record<ModuleName, string>;

describe("CRDs in files", () => {
  it("are found in the order of the files' names, whatever else the files hold", () =>
    withFolder(
      {
        "b.yaml": crd("b", "g"),
        "a.yaml": `---\n${crd("a1", "g")}---\n---\n${crd("x", "g", "Deployment")}---\n${crd("a2", "g")}`,
        "kustomization.yaml": "resources: [a.yaml]",
        "c.txt": "{",
      },
      (folder) => {
        expect(names(crdsIn(folder))).toEqual(["a1.g", "a2.g", "b.g"]);
        expect(names(crdsIn(`${folder}/b.yaml`))).toEqual(["b.g"]);
        expect(names(crdsIn(folder, /^b/))).toEqual(["b.g"]);
      },
    ));

  it("are those of all modules that AKS has, and of managed Prometheus in a group of its own", () => {
    const operator = "github.com/prometheus-operator/prometheus-operator/example/prometheus-operator-crd";
    return withFolder(
      {
        "github.com/fluxcd/source-controller/config/crd/bases/a.yaml": crd(
          "gitrepositories",
          "source.toolkit.fluxcd.io",
        ),
        "github.com/fluxcd/kustomize-controller/config/crd/bases/a.yaml": crd(
          "kustomizations",
          "kustomize.toolkit.fluxcd.io",
        ),
        "github.com/fluxcd/helm-controller/config/crd/bases/a.yaml": crd("helmreleases", "helm.toolkit.fluxcd.io"),
        "github.com/Azure/karpenter-provider-azure/pkg/apis/crds/a.yaml": crd("nodepools", "karpenter.sh"),
        "istio.io/api/kubernetes/customresourcedefinitions.gen.yaml": crd("gateways", "networking.istio.io"),
        "sigs.k8s.io/secrets-store-csi-driver/config/crd/bases/a.yaml": crd("spc", "secrets-store.csi.x-k8s.io"),
        "github.com/kedacore/keda/v2/config/crd/bases/keda.sh_a.yaml": crd("scaledobjects", "keda.sh"),
        "github.com/kedacore/keda/v2/config/crd/bases/eventing.keda.sh_a.yaml": crd("other", "eventing.keda.sh"),
        [`${operator}/monitoring.coreos.com_podmonitors.yaml`]: crd("podmonitors", "monitoring.coreos.com"),
        [`${operator}/monitoring.coreos.com_prometheuses.yaml`]: crd("prometheuses", "monitoring.coreos.com"),
        "github.com/kyverno/kyverno/config/crds/policies.kyverno.io/a.yaml": crd("vp", "policies.kyverno.io"),
      },
      (folder) => {
        const provided = providedCrds(foldersIn(folder));
        expect(names(provided)).toEqual([
          "gitrepositories.source.toolkit.fluxcd.io",
          "kustomizations.kustomize.toolkit.fluxcd.io",
          "helmreleases.helm.toolkit.fluxcd.io",
          "nodepools.karpenter.sh",
          "gateways.networking.istio.io",
          "spc.secrets-store.csi.x-k8s.io",
          "scaledobjects.keda.sh",
          "podmonitors.azmonitoring.coreos.com",
        ]);
        expect(provided.at(-1)?.spec.group).toBe("azmonitoring.coreos.com");
        expect(names(policyCrds(foldersIn(folder)))).toEqual(["vp.policies.kyverno.io"]);
      },
    );
  });
});

describe("installing CRDs", () => {
  const wanted = () => withFolder({ "a.yaml": crd("a", "g"), "b.yaml": crd("b", "g") }, (folder) => crdsIn(folder));
  const LIST = "/apis/apiextensions.k8s.io/v1";
  const KIND = {
    resources: [{ name: "customresourcedefinitions", kind: "CustomResourceDefinition", namespaced: false }],
  };
  const item = (name: string, status: string) => ({
    metadata: { name },
    status: { conditions: [{ type: "Established", status }] },
  });

  it("creates them without a status, takes those that are there, and waits until all are served", async () => {
    const crds = await wanted();
    let lists = 0;
    await withApiServer(
      ({ url, method, body }, response) => {
        if (url === LIST) return KIND;
        if (method === "GET") {
          lists += 1;
          return { items: [item("a.g", "True"), item("b.g", lists > 1 ? "True" : "False"), item("c.g", "True")] };
        }
        const { metadata, status } = JSON.parse(body) as Crd & { status?: unknown };
        expect(status).toBeUndefined();
        if (metadata.name !== "a.g") return {};
        return response.writeHead(409).end(refusal("AlreadyExists", "there"));
      },
      async (access) => {
        const client = new ApiClient(access);
        await installCrds(client, crds);
        client.close();
      },
    );
    expect(lists).toBe(2);
  });

  it("fails where the server refuses one", async () => {
    const crds = await wanted();
    await withApiServer(
      ({ url }, response) => (url === LIST ? KIND : response.writeHead(422).end(refusal("Invalid", "no such type"))),
      async (access) => {
        const client = new ApiClient(access);
        await expect(installCrds(client, crds)).rejects.toThrow("no such type");
        client.close();
      },
    );
  });
});

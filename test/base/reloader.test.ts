import { App } from "cdk8s";
import { SYSTEM_NODES } from "../../base/placement";
import { Reloader } from "../../base/reloader";
import type { HelmRelease } from "../../imports/helm.toolkit.fluxcd.io";
import { chartPin } from "../helpers/chart";
import { objectOf } from "../helpers/render";

const component = (replicas?: number) =>
  new Reloader(new App(), { chart: chartPin("reloader"), ...(replicas && { replicas }) });
const values = (replicas?: number) => objectOf<HelmRelease>(component(replicas), "HelmRelease").spec.values;

test("watches what the CSI driver mounts, since secrets are files without a Secret", () => {
  expect(values()).toMatchObject({ reloader: { enableCSIIntegration: true } });
});

test("marks a restart by an annotation: the default writes a field that Flux would take back", () => {
  expect(values()).toMatchObject({ reloader: { reloadStrategy: "annotations" } });
});

test("never looks at the gateway's namespace or another one of AKS's: restarting the managed gateway is an unsupported change", () => {
  const { ignoreNamespaces } = (values() as { reloader: { ignoreNamespaces: string } }).reloader;
  expect(ignoreNamespaces.split(",")).toEqual(expect.arrayContaining(["aks-istio-ingress", "kube-system"]));
});

test("does not restart what did not ask for it", () => {
  expect(values()).not.toHaveProperty("reloader.autoReloadAll");
});

test("elects a leader among several pods, and has no budget for a lone one", () => {
  expect(values()).toMatchObject({
    reloader: { enableHA: true, deployment: { replicas: 2 }, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
  });
  expect(values(1)).toMatchObject({ reloader: { enableHA: false, podDisruptionBudget: { enabled: false } } });
});

test("runs on system nodes, restricted, with requests and limits", () => {
  expect(values()).toMatchObject({
    reloader: {
      readOnlyRootFileSystem: true,
      deployment: {
        ...SYSTEM_NODES,
        priorityClassName: "platform",
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: expect.anything(), limits: expect.anything() },
      },
    },
  });
});

test("its pods carry the label that the component `monitoring` scrapes by", () => {
  expect(values()).toMatchObject({ fullnameOverride: "reloader" });
});

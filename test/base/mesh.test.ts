import * as mesh from "../../base/mesh";
import { GATEWAY_NAMESPACE, MESH_NAMESPACE } from "../../clusters/fleet";

test("components and fleet call AKS's namespaces by the same names", () => {
  expect(mesh.MESH_NAMESPACE).toBe(MESH_NAMESPACE);
  expect(mesh.GATEWAY_NAMESPACE).toBe(GATEWAY_NAMESPACE);
});

test("the gateway is known by where it is, and by who it is", () => {
  expect(mesh.GATEWAY_REF).toBe("aks-istio-ingress/ingress");
  expect(mesh.GATEWAY_PRINCIPAL).toBe("cluster.local/ns/aks-istio-ingress/sa/aks-istio-ingressgateway-external");
});

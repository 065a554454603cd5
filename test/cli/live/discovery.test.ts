import { ApiClient, ApiError } from "../../../cli/live/client";
import { heldOf, nameOf, pathOf, type ResourceType, resourceTypes } from "../../../cli/live/discovery";
import { refusal, withApiServer } from "./api-server";

const VERBS = ["get", "list", "delete"];
const kind = (name: string, kind: string, verbs = VERBS) => ({ name, kind, namespaced: true, verbs });
const group = (name: string, ...versions: string[]) => ({
  name,
  versions: versions.map((version) => ({ groupVersion: `${name}/${version}` })),
});

const KINDS = {
  "/api/v1": {
    resources: [
      kind("pods", "Pod"),
      kind("pods/status", "Pod"),
      kind("bindings", "Binding", ["create"]),
      kind("componentstatuses", "ComponentStatus", ["get", "list"]),
      kind("events", "Event"),
    ],
  },
  "/apis": { groups: [group("autoscaling", "v2", "v1"), group("events.k8s.io", "v1"), group("metrics.k8s.io", "v1")] },
  "/apis/autoscaling/v2": { resources: [kind("horizontalpodautoscalers", "HorizontalPodAutoscaler")] },
  "/apis/autoscaling/v1": {
    resources: [kind("horizontalpodautoscalers", "HorizontalPodAutoscaler"), kind("old", "Old")],
  },
};

/** A server whose metrics API answers with this status, and all lists with `items`. */
function withServer<T>(status: number, work: (client: ApiClient) => Promise<T>, items: readonly unknown[] = []) {
  return withApiServer(
    ({ url }, response) => {
      if (!url.startsWith("/apis/metrics.k8s.io")) return { items };
      return void response.writeHead(status).end(refusal("ServiceUnavailable", "nobody is there"));
    },
    (access) => {
      const client = new ApiClient(access);
      return work(client).finally(() => client.close());
    },
    false,
    KINDS,
  );
}

const inWords = (types: readonly ResourceType[]) => types.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);

it("names what can be listed and deleted, once, in the version that the server prefers", () =>
  withServer(503, async (client) => {
    expect(inWords(await resourceTypes(client))).toEqual([
      "v1 Pod",
      "v1 Event",
      "autoscaling/v2 HorizontalPodAutoscaler",
      "autoscaling/v1 Old",
    ]);
  }));

it.each([404, 503])("an API that answers with %d is left out, unless all must be there", (status) =>
  withServer(status, async (client) => {
    await expect(resourceTypes(client)).resolves.toHaveLength(4);
    await expect(resourceTypes(client, { complete: true })).rejects.toThrow(ApiError);
  }),
);

it("a refusal is never taken for an API that has nothing", () =>
  withServer(403, async (client) => {
    await expect(resourceTypes(client)).rejects.toThrow("nobody is there");
  }));

it("reads who wrote an object, where a pod is and what an event is about", () => {
  const items = [
    {
      metadata: {
        uid: "1",
        name: "a",
        namespace: "shop",
        managedFields: [{ manager: "z" }, { manager: "b" }, { manager: "z" }],
        ownerReferences: [{ uid: "0" }],
      },
      spec: { nodeName: "n" },
      involvedObject: { kind: "Pod", namespace: "shop", name: "a" },
    },
  ];
  return withServer(
    503,
    async (client) => {
      const [type] = await resourceTypes(client);
      const [held] = await heldOf(client, type ? [type] : []);
      expect(held).toEqual({
        type,
        uid: "1",
        name: "a",
        namespace: "shop",
        managers: ["b", "z"],
        owners: ["0"],
        finalizers: [],
        labels: {},
        node: "Node n",
        about: "Pod shop/a",
      });
      expect(held && [nameOf(held), pathOf(held)]).toEqual(["Pod shop/a", "/api/v1/namespaces/shop/pods/a"]);
    },
    items,
  );
});

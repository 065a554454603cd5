import { ApiClient, ApiError, conditionOf, type WatchEvent } from "../../../cli/live/client";
import { type Answering, clientNamed, type Request, refusal, withApiServer } from "./api-server";

/** Works with a client of a server that answers so. */
function withClient<T>(answer: Answering, work: (client: ApiClient, requests: readonly Request[]) => Promise<T>) {
  return withApiServer(answer, async (access, requests) => {
    const client = new ApiClient(access);
    try {
      return await work(client, requests);
    } finally {
      client.close();
    }
  });
}

const MAP = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "vars", namespace: "flux-system" } };
const SPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "ledger" } };
const echo: Answering = ({ body }) => (body === "" ? {} : (JSON.parse(body) as unknown));
const asked = (requests: readonly Request[]) => requests.map(({ method, url }) => `${method} ${url}`);

describe("a request", () => {
  it.each<[string, (client: ApiClient) => Promise<unknown>, string]>([
    [
      "get",
      (c) => c.get("v1", "ConfigMap", "vars", "flux-system"),
      "GET /api/v1/namespaces/flux-system/configmaps/vars",
    ],
    ["get of a cluster's", (c) => c.get("v1", "Namespace", "ledger"), "GET /api/v1/namespaces/ledger"],
    ["a name with signs in it", (c) => c.get("v1", "Namespace", "a/b:c"), "GET /api/v1/namespaces/a%2Fb%3Ac"],
    ["a namespace for what has none", (c) => c.get("v1", "Namespace", "x", "y"), "GET /api/v1/namespaces/x"],
    ["create", (c) => c.create(MAP), "POST /api/v1/namespaces/flux-system/configmaps?fieldValidation=Strict"],
    [
      "create, only asked",
      (c) => c.create(MAP, { dryRun: true }),
      "POST /api/v1/namespaces/flux-system/configmaps?fieldValidation=Strict&dryRun=All",
    ],
    [
      "apply",
      (c) => c.apply(SPACE),
      "PATCH /api/v1/namespaces/ledger?fieldManager=aks-fleet-live&fieldValidation=Strict&force=true",
    ],
    [
      "apply for somebody else, only asked",
      (c) => c.apply(SPACE, { manager: "me", dryRun: true, force: false }),
      "PATCH /api/v1/namespaces/ledger?fieldManager=me&fieldValidation=Strict&force=false&dryRun=All",
    ],
    ["merge", (c) => c.merge(SPACE, {}), "PATCH /api/v1/namespaces/ledger"],
    ["merge of the status", (c) => c.merge(SPACE, {}, "status"), "PATCH /api/v1/namespaces/ledger/status"],
    ["remove", (c) => c.remove(SPACE), "DELETE /api/v1/namespaces/ledger"],
    ["remove at once", (c) => c.remove(SPACE, 0), "DELETE /api/v1/namespaces/ledger?gracePeriodSeconds=0"],
  ])("%s", (_, act, expected) =>
    withClient(echo, async (client, requests) => {
      await act(client);
      expect(asked(requests)).toEqual([expected]);
    }),
  );

  it("says what its body is", () =>
    withClient(echo, async (client, requests) => {
      await client.apply(SPACE);
      await client.merge(SPACE, { metadata: { labels: { a: null } } });
      await client.create(SPACE, { as: "jane" });
      expect(requests.map(({ headers }) => headers["content-type"])).toEqual([
        "application/apply-patch+yaml",
        "application/merge-patch+json",
        "application/json",
      ]);
      expect(requests.map(({ headers }) => headers["impersonate-user"])).toEqual([undefined, undefined, "jane"]);
      expect(requests.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill("Bearer t0ken"));
      expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
        SPACE,
        { metadata: { labels: { a: null } } },
        SPACE,
      ]);
    }));

  it("of whatever method is over where its body is, so that the next is understood", () =>
    withClient(
      () => ({}),
      async (client, requests) => {
        const body = { preconditions: { uid: "ä" } };
        for (const method of ["DELETE", "PUT", "DELETE"] as const) await client.send({ method, path: "/x", body });
        expect(requests.map(({ method, body: text }) => [method, JSON.parse(text)])).toEqual(
          ["DELETE", "PUT", "DELETE"].map((method) => [method, body]),
        );
      },
    ));

  it("says whose it is, and in which form an answer is wanted", () =>
    withClient(echo, async (client, requests) => {
      await client.send({ method: "GET", path: "/x", accept: "application/json;as=Table" });
      await client.create(SPACE);
      expect(requests.map(({ headers }) => headers.accept)).toEqual(["application/json;as=Table", "application/json"]);
      expect(new Set(requests.map(({ headers }) => headers["user-agent"]))).toEqual(new Set(["aks-fleet-live"]));
    }));

  it("can be made by a certificate instead of a token", () =>
    withApiServer(
      echo,
      async (access, requests) => {
        const client = new ApiClient({ ...access, token: "", ...clientNamed("kubernetes-admin") });
        await client.get("v1", "Namespace", "ledger");
        await client.watch("v1", "Namespace", () => {}, { signal: AbortSignal.timeout(5000) });
        client.close();
        expect(requests.map(({ client: name }) => name)).toEqual(["kubernetes-admin", "kubernetes-admin"]);
        expect(requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
      },
      true,
    ));

  it("is made to a server whose certificate is for another name only where that is known", () =>
    withApiServer(echo, async (access) => {
      for (const [server, ready] of [
        [{ ...access, serverName: "localhost" }, true],
        [{ ...access, serverName: "elsewhere" }, false],
      ] as const) {
        const client = new ApiClient(server);
        expect(await client.isReady()).toBe(ready);
        client.close();
      }
    }));

  it("is not made to a server that cannot prove who it is", () =>
    withApiServer(echo, async (access) => {
      const { cert } = clientNamed("somebody");
      const client = new ApiClient({ ...access, ca: cert });
      await expect(client.get("v1", "Namespace", "ledger")).rejects.toThrow(/certificate|verify/i);
      expect(await client.isReady()).toBe(false);
      client.close();
    }));
});

describe("an answer", () => {
  it("is a list with the kinds that its items leave out", () =>
    withClient(
      () => ({ items: [{ metadata: { name: "a" } }] }),
      async (client, requests) => {
        const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } };
        expect(await client.list("apps/v1", "Deployment", "ledger", "app in (a, b)")).toEqual([object]);
        expect(await client.list("apps/v1", "Deployment")).toEqual([object]);
        expect(asked(requests)).toEqual([
          "GET /apis/apps/v1/namespaces/ledger/deployments?labelSelector=app%20in%20(a%2C%20b)",
          "GET /apis/apps/v1/deployments",
        ]);
      },
    ));

  it("that there is none is no error of a get or a removal, but one of all else", () =>
    withClient(
      () => undefined,
      async (client) => {
        expect(await client.get("v1", "Namespace", "none")).toBeUndefined();
        expect(await client.get("none/v1", "None", "none")).toBeUndefined();
        await client.remove(SPACE);
        await expect(client.merge(SPACE, {})).rejects.toMatchObject({ status: 404, reason: "NotFound" });
      },
    ));

  it("that refuses is an error with the server's reason and words", () =>
    withClient(
      (_, response) => response.writeHead(403).end(refusal("Forbidden", "namespaces is forbidden: no")),
      async (client) => {
        const error: unknown = await client.create(SPACE).catch((each: unknown) => each);
        expect(error).toBeInstanceOf(ApiError);
        expect(error).toMatchObject({ status: 403, reason: "Forbidden", message: "namespaces is forbidden: no" });
      },
    ));

  it("that is no JSON is an error that says of what", () =>
    withClient(
      (_, response) => response.writeHead(502).end("Bad gateway\n"),
      (client) =>
        expect(client.create(SPACE)).rejects.toMatchObject({
          status: 502,
          message: "POST /api/v1/namespaces?fieldValidation=Strict: 502 Bad gateway",
        }),
    ));

  it("of a kind that the server does not know names it", () =>
    withClient(echo, (client) => expect(client.list("v1", "Pod")).rejects.toThrow("the server knows no Pod in v1")));

  it("that breaks off is an error", () =>
    withClient(
      (_, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("{", () => response.destroy());
      },
      (client) => expect(client.create(SPACE)).rejects.toThrow(),
    ));
});

describe("readiness", () => {
  it.each([
    [200, true],
    [500, false],
  ])("%i is %p", (status, ready) =>
    withClient(
      (_, response) => response.writeHead(status).end("ok"),
      async (client) => expect(await client.isReady()).toBe(ready),
    ),
  );
});

describe("a watch", () => {
  const line = (type: string, name: string) => `${JSON.stringify({ type, object: { metadata: { name } } })}\n`;
  const watched = (client: ApiClient, signal = AbortSignal.timeout(10_000)) => {
    const events: string[] = [];
    const on = ({ type, object }: { type: string; object: { metadata?: { name: string }; message?: string } }) => {
      events.push(`${type} ${object.metadata?.name ?? object.message}`);
    };
    return client.watch("v1", "ConfigMap", on as never, { signal, resourceVersion: "7" }).then(() => events);
  };

  it("tells of each change, however the stream is cut, and ends with the stream", () =>
    withClient(
      (_, response) => {
        const text = line("ADDED", "ä") + line("DELETED", "b");
        const bytes = Buffer.from(text);
        const middle = bytes.indexOf("ä") + 1;
        response.writeHead(200).write(bytes.subarray(0, middle));
        setTimeout(() => response.end(bytes.subarray(middle)), 20);
      },
      async (client, requests) => {
        expect(await watched(client)).toEqual(["ADDED ä", "DELETED b"]);
        expect(asked(requests)).toEqual(["GET /api/v1/configmaps?watch=1&resourceVersion=7"]);
      },
    ));

  it("ends when it is told to", () =>
    withClient(
      (_, response) => response.writeHead(200).write(line("ADDED", "a")),
      async (client) => {
        const controller = new AbortController();
        const told: string[] = [];
        const on = ({ type }: WatchEvent) => {
          told.push(type);
          controller.abort();
        };
        await client.watch("v1", "ConfigMap", on, { signal: controller.signal });
        expect(told).toEqual(["ADDED"]);
      },
    ));

  it("that is refused is told as an error of the stream", () =>
    withClient(
      (_, response) => response.writeHead(410).end(`${refusal("Expired", "too old")}\n`),
      async (client) => expect(await watched(client)).toEqual(["ERROR too old"]),
    ));

  it("throws what its listener throws", () =>
    withClient(
      (_, response) => response.writeHead(200).write(line("ADDED", "a")),
      (client) => {
        const on = () => {
          throw new Error("a defect");
        };
        const watching = client.watch("v1", "ConfigMap", on, { signal: AbortSignal.timeout(10_000) });
        return expect(watching).rejects.toThrow("a defect");
      },
    ));
});

test("a condition is found by its type, and nobody has said anything of what has none", () => {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } };
  const ready = { type: "Ready", status: "False", message: "why" };
  const conditions = [{ type: "Initialized", status: "True" }, ready];
  expect(conditionOf({ ...object, status: { conditions } }, "Ready")).toEqual(ready);
  for (const one of [undefined, object, { ...object, status: {} }]) expect(conditionOf(one, "Ready")).toBeUndefined();
});

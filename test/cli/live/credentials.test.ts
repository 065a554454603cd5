import { join } from "node:path";
import { ApiClient } from "../../../cli/live/client";
import { accessIn, credentialsOf, portable } from "../../../cli/live/credentials";
import { KubeconfigError } from "../../../cli/live/kubeconfig";
import { withApiServer } from "./api-server";
import { CA, CLIENT, data, type Given, kubeconfig, withKubeconfigs } from "./kubeconfigs";

const SERVER = { server: "https://127.0.0.1:6443", "certificate-authority-data": data(CA.cert) };

/** How the context `c` of such a kubeconfig is reached. */
const reach = (given: Given, files: Readonly<Record<string, string>> = {}) =>
  withKubeconfigs({ ...files, "config.yaml": kubeconfig({ c: given }) }, (config, folder) => ({
    ...credentialsOf(config, "c"),
    folder,
  }));

describe("a context", () => {
  it("as kind and k3d write it has certificates in it", async () => {
    const { folder: _, ...credentials } = await reach({});
    expect(credentials).toEqual({ server: SERVER.server, ca: CA.cert, token: "", cert: CLIENT.cert, key: CLIENT.key });
  });

  it("may name files, from where its kubeconfig lies", async () => {
    const cluster = { server: SERVER.server, "certificate-authority": "pki/ca.crt" };
    const user = { "client-certificate": "pki/me.crt", "client-key": "pki/me.key" };
    const files = { "pki/ca.crt": CA.cert, "pki/me.crt": CLIENT.cert, "pki/me.key": CLIENT.key };
    expect(await reach({ cluster, user }, files)).toMatchObject({ ca: CA.cert, cert: CLIENT.cert, key: CLIENT.key });
  });

  it("takes what stands in it before what it names", async () => {
    const cluster = { ...SERVER, "certificate-authority": "none" };
    expect(await reach({ cluster, user: { token: "t", tokenFile: "none" } })).toMatchObject({
      ca: CA.cert,
      token: "t",
    });
  });

  it("may have a token in a file, which programs read anew", async () => {
    const found = await reach({ user: { tokenFile: "token" } }, { token: "s3cret\n" });
    expect(found).toMatchObject({ token: "s3cret", tokenFile: join(found.folder, "token") });
    const [{ user }] = (portable("live-app1", found) as { users: [{ user: object }] }).users;
    expect(user).toEqual({ tokenFile: join(found.folder, "token") });
  });

  it("may have a server whose certificate is for another name", async () => {
    const cluster = { ...SERVER, "tls-server-name": "kubernetes" };
    expect(await reach({ cluster })).toMatchObject({ serverName: "kubernetes" });
  });
});

it.each<[string, Given, RegExp]>([
  [
    "a program",
    { user: { exec: { command: "s3cret" } } },
    /signs in with a plugin \(exec\)\. Fix: .*`kubectl create token`/,
  ],
  ["a provider", { user: { "auth-provider": { name: "s3cret" } } }, /a plugin \(auth-provider\)\. Fix: /],
  [
    "a password",
    { user: { username: "me", password: "s3cret" } },
    /has username, password, which is not supported\. Fix: /,
  ],
  ["another's name", { user: { token: "s3cret", as: "root" } }, /has as, which is not supported/],
  ["nothing", { user: {} }, /has neither certificate nor token\. Fix: /],
  [
    "half a certificate",
    { user: { "client-certificate-data": data(CLIENT.cert) } },
    /only one of .*\. Fix: add the other/,
  ],
  [
    "what is no certificate",
    { user: { "client-certificate-data": "s3cret", "client-key-data": "s3cret" } },
    /client-certificate is no PEM/,
  ],
  ["a file that is not there", { user: { tokenFile: "none" } }, /its tokenFile \/.*none cannot be read/],
  ["no check of the server", { cluster: { ...SERVER, "insecure-skip-tls-verify": true } }, /does not check .* Fix: /],
  ["no authority", { cluster: { server: SERVER.server } }, /has no certificate-authority.*Fix: /],
  ["a proxy", { cluster: { ...SERVER, "proxy-url": "http://s3cret@proxy" } }, /needs a proxy.*Fix: /],
  ["no TLS", { cluster: { ...SERVER, server: "http://me:s3cret@127.0.0.1" } }, /no https address\. Fix: /],
  ["a path", { cluster: { ...SERVER, server: "https://127.0.0.1/k8s/s3cret" } }, /address has a path.*Fix: /],
  ["no address", { cluster: { ...SERVER, server: "s3cret" } }, /no https address/],
])("a context with %s is refused, and nothing secret is said", async (_, given, reason) => {
  const error: unknown = await reach(given).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(KubeconfigError);
  expect((error as Error).message).toMatch(reason);
  expect((error as Error).message).not.toContain("s3cret");
});

it("all that is wrong with a context is told at once", () =>
  expect(reach({ cluster: { server: "http://x" }, user: { exec: {}, username: "me" } })).rejects.toThrow(
    /no https.*no certificate-authority.*plugin \(exec\).*has username/,
  ));

it("a context that is not there, or whose parts are not, is refused", () =>
  withKubeconfigs({ "a.yaml": "contexts: [{name: c, context: {cluster: x}}, {name: d}]" }, (config) => {
    expect(() => credentialsOf(config, "b")).toThrow("it is not there");
    for (const name of ["c", "d"])
      expect(() => credentialsOf(config, name)).toThrow("its cluster is not in the kubeconfig; its user is not in the");
  }));

it("the copy for programs needs nothing else, and signs in just so", () =>
  withApiServer(
    () => ({}),
    async (access, requests) => {
      const credentials = { ...access, token: "", ...CLIENT };
      // The small server has an authority of its own.
      const copy = JSON.stringify(portable("live-app1", credentials));
      await withKubeconfigs({ "copy.yaml": copy }, async (config, folder) => {
        expect(config.current).toBe("live-app1");
        const client = new ApiClient(accessIn(`${folder}/copy.yaml`));
        expect(client.access).toEqual(credentials);
        await client.send({ method: "GET", path: "/x" });
        client.close();
      });
      expect(requests).toHaveLength(1);
    },
  ));

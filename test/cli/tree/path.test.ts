import fc from "fast-check";
import { fileName, fileNames, objectKey } from "../../../cli/tree/path";

const object = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

describe("fileName", () => {
  it.each([
    [object("apps/v1", "Deployment", "web", "shop"), "deployment.shop.web.yaml"],
    [object("v1", "Namespace", "shop"), "namespace.shop.yaml"],
    [object("rbac.authorization.k8s.io/v1", "ClusterRole", "system:View"), "clusterrole.system%3a%56iew.yaml"],
    [object("rbac.authorization.k8s.io/v1", "ClusterRole", "a/../b"), "clusterrole.a%2f..%2fb.yaml"],
    [object("cert-manager.io/v1", "ClusterIssuer", "é"), "clusterissuer.%c3%a9.yaml"],
  ])("%j", (given, expected) => {
    expect(fileName(given)).toBe(expected);
  });

  it("fits a file system's limit and still tells long names apart", () => {
    const long = (end: string) => fileName(object("v1", "ConfigMap", `${"x".repeat(250)}${end}`, "n".repeat(63)));
    expect(Buffer.byteLength(long("a"))).toBeLessThanOrEqual(255);
    expect(long("a")).not.toBe(long("b"));
  });
});

describe("fileNames", () => {
  it("puts the API group into the name where two groups have a kind of that name", () => {
    const two = [
      object("networking.istio.io/v1", "Gateway", "g", "n"),
      object("gateway.networking.k8s.io/v1", "Gateway", "g", "n"),
    ];
    expect([...fileNames(two).keys()]).toEqual([
      "gateway.networking.istio.io.n.g.yaml",
      "gateway.gateway.networking.k8s.io.n.g.yaml",
    ]);
  });

  it("keeps objects of one name in two namespaces apart", () => {
    expect(fileNames([object("v1", "ConfigMap", "a", "x"), object("v1", "ConfigMap", "a", "y")]).size).toBe(2);
  });

  it("refuses an object that is there twice, in two versions too, and names every one", () => {
    const twins = [
      object("autoscaling/v1", "HorizontalPodAutoscaler", "a", "x"),
      object("autoscaling/v2", "HorizontalPodAutoscaler", "a", "x"),
      object("v1", "Secret", "b", "x"),
      object("v1", "Secret", "b", "x"),
    ];
    expect(() => fileNames(twins)).toThrow(
      "HorizontalPodAutoscaler x/a is rendered twice\nSecret x/b is rendered twice",
    );
  });

  it("gives any objects names that differ even where case is folded, that stay in their folder, and loses none", () => {
    const name = fc.oneof(
      fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/),
      fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }),
    );
    const anyObject = fc
      .record({
        apiVersion: fc.constantFrom("v1", "apps/v1", "a.io/v1", "b.io/v1"),
        kind: fc.constantFrom("Gateway", "ConfigMap", "Gate", "GateWay"),
        name,
        namespace: fc.option(fc.stringMatching(/^[a-z0-9-]{1,10}$/), { nil: undefined }),
      })
      .map(({ apiVersion, kind, name, namespace }) => object(apiVersion, kind, name, namespace));
    fc.assert(
      fc.property(
        fc.uniqueArray(anyObject, { selector: (given) => objectKey(given).toLowerCase(), maxLength: 40 }),
        (objects) => {
          const files = [...fileNames(objects).keys()];
          expect(files).toHaveLength(objects.length);
          for (const file of files) expect(file).toMatch(/^[^/\\]+\.yaml$/);
          expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
        },
      ),
    );
  });
});

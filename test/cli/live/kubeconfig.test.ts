import fc from "fast-check";
import { KubeconfigError, kubeconfigFiles, parseKubeconfig, readKubeconfig } from "../../../cli/live/kubeconfig";
import { kubeconfig, withKubeconfigs } from "./kubeconfigs";

describe("files", () => {
  it.each([
    [{ KUBECONFIG: "/a:/b" }, ["/a", "/b"]],
    [{ KUBECONFIG: ":/a::" }, ["/a"]],
    [{ KUBECONFIG: "a:../b", INIT_CWD: "/home/me" }, ["/home/me/a", "/home/b"]],
    [{ KUBECONFIG: "", HOME: "/home/me" }, ["/home/me/.kube/config"]],
    [{ HOME: "/home/me" }, ["/home/me/.kube/config"]],
  ])("%j are %j", (env, files) => {
    expect(kubeconfigFiles(env)).toEqual(files);
  });
});

describe("several files", () => {
  it("are one, in which the first entry of a name counts, and the first current context", () =>
    withKubeconfigs(
      {
        "a.yaml": "contexts: []\n",
        "b.yaml": kubeconfig({ "kind-app1": {}, prod: { cluster: { server: "https://b" } } }, "kind-app1"),
        "c.yaml": kubeconfig({ prod: { cluster: { server: "https://c" } }, "rig-app2": {} }, "prod"),
      },
      ({ contexts, clusters, current }, folder) => {
        expect([...contexts.keys()].sort()).toEqual(["kind-app1", "prod", "rig-app2"]);
        expect(clusters.get("prod")).toEqual({ folder, fields: { server: "https://b" } });
        expect(current).toBe("kind-app1");
      },
    ));

  it("may be missing or empty", () =>
    withKubeconfigs({ "a.yaml": "", "b.yaml": "---\n" }, (config, folder) => {
      const { contexts, current, files } = readKubeconfig([`${folder}/a.yaml`, `${folder}/none`]);
      expect([contexts.size, current, files.length]).toEqual([0, undefined, 2]);
      expect(config.contexts.size).toBe(0);
    }));

  it("that cannot be read are named together", () =>
    withKubeconfigs({ a: "a: [\n", b: "- 1\n" }, (_, folder) => {
      expect(() => readKubeconfig([`${folder}/a`, `${folder}/b`, folder])).toThrow(
        `${folder}/a, line 2: this is no YAML\n${folder}/b is no kubeconfig\n${folder} cannot be read (EISDIR)`,
      );
    }));
});

describe("garbage", () => {
  const parses = (text: string) => {
    try {
      const { contexts, clusters, users } = parseKubeconfig(text, "/k");
      for (const map of [contexts, clusters, users]) for (const [name] of map) expect(name).not.toBe("");
    } catch (error) {
      expect(error).toBeInstanceOf(KubeconfigError);
      expect((error as Error).message).toMatch(
        /^\/k(, line \d+: this is no YAML|: this is no YAML| is no kubeconfig)$/,
      );
    }
  };

  it("is no kubeconfig or an empty one, and never shows in the error", () => {
    fc.assert(fc.property(fc.string(), parses));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."{}[]:-*&!|>'\"%@ \n\tabc#,?") }), parses));
  });

  it("in place of entries leaves out what has no name", () => {
    const lists = fc.dictionary(fc.constantFrom("contexts", "clusters", "users", "current-context"), fc.jsonValue());
    fc.assert(fc.property(lists, (value) => parses(JSON.stringify(value))));
    const entry = fc.record({ name: fc.jsonValue(), context: fc.jsonValue() }, { requiredKeys: [] });
    fc.assert(fc.property(fc.array(entry), (contexts) => parses(JSON.stringify({ contexts }))));
  });

  it("is not shown where the parser would quote it", () => {
    expect(() => parseKubeconfig("users:\n- token: *s3cret\n", "/k")).toThrow(/^\/k, line 2: this is no YAML$/);
  });
});

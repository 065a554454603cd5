import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { PRESETS, rendered } from "../helpers/fleet";

const root = resolve(__dirname, "..", "..");

describe("C7 (as kept): one language for infrastructure and manifests, and none beside it", () => {
  it("the repository holds no HCL and no installation script", () => {
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (file) => !/(^|\/)(node_modules|\.git|\.cache|build)\//.test(file),
    );
    expect(files.filter((file) => /\.(tf|tofu|hcl)$|(^|\/)install[^/]*\.sh$/.test(file))).toEqual([]);
  });
});

describe.each(PRESETS)(
  "C8 (as kept): the infra program hands over at one root, everything else comes from Git (%s)",
  (_, fleet) => {
    const clusters = [...rendered(fleet).values()];

    it("every chart has an exact version", () => {
      for (const cluster of clusters) {
        for (const source of cluster.ofKind("OCIRepository"))
          expect(source["spec"].ref).toEqual({ tag: expect.stringMatching(/^v?\d+\.\d+\.\d+$/) });
        for (const release of cluster.ofKind("HelmRelease").filter((object) => object["spec"].chart))
          expect(release["spec"].chart.spec.version).toMatch(/^v?\d+\.\d+\.\d+$/);
      }
    });

    it("every HelmRelease has its source on the same cluster, in the namespace that the extension allows", () => {
      for (const cluster of clusters) {
        const sources = new Set(
          cluster
            .of("flux-system")
            .map((object) => `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`),
        );
        for (const release of cluster.ofKind("HelmRelease")) {
          const ref = release["spec"].chartRef ?? release["spec"].chart.spec.sourceRef;
          expect(sources).toContain(`${ref.kind}/${release.metadata.namespace}/${ref.name}`);
          expect(release.metadata.namespace).toBe("flux-system");
          expect(ref.namespace).toBeUndefined();
        }
      }
    });

    it("every component but the root has a Flux Kustomization on its folder, and the reverse", () => {
      for (const cluster of clusters) {
        const folders = cluster.components.map((component) => component.name).filter((name) => name !== "flux-system");
        expect(
          cluster
            .ofKind("Kustomization")
            .map((object) => object.metadata.name)
            .sort(),
        ).toEqual([...folders].sort());
        for (const kustomization of cluster.ofKind("Kustomization")) {
          expect(kustomization["spec"]).toMatchObject({
            path: `./dist/${cluster.name}/${kustomization.metadata.name}`,
            prune: true,
            wait: true,
          });
        }
      }
    });

    // helm-controller may call a release not ready while the API server restarts, and corrects that only at its next look.
    it("a component waits for its releases until Flux has looked at them again", () => {
      for (const cluster of clusters) {
        for (const { metadata, spec } of cluster.ofKind("Kustomization")) {
          for (const release of cluster.of(metadata.name).filter(({ kind }) => kind === "HelmRelease"))
            expect(minutes(spec.timeout)).toBeGreaterThan(minutes(release["spec"].interval));
        }
      }
    });

    it("the manifests hold no Azure resource", () => {
      for (const cluster of clusters) {
        for (const object of cluster.objects) expect(object.apiVersion).not.toMatch(/^(?!karpenter\.).*\.azure\.com\//);
      }
    });
  },
);

/** Minutes in Flux's notation; the manifests write no other unit for these. */
function minutes(duration: string): number {
  const [, count] = /^(\d+)m$/.exec(duration) ?? [];
  if (count === undefined) throw new Error(`${duration} is not in minutes`);
  return Number(count);
}

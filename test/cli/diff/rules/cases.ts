import type { DiffResult } from "../../../../cli/diff/model";
import { CONCEPTS, type RuleId } from "../../../../cli/diff/rules/catalogue";
import { type AnyObject, compare, kustomization, object, patched, rulesIn } from "../trees";

/** Objects of the component `app` before and after; a single object stands for a list of it. */
export type Pair = readonly [
  before: AnyObject | readonly AnyObject[] | undefined,
  after: AnyObject | readonly AnyObject[] | undefined,
];

/** Changes that a rule must find, and the nearest ones that it must not. */
export interface Case {
  readonly hit: readonly Pair[];
  readonly miss: readonly Pair[];
  /** Of the Flux Kustomization that applies them. */
  readonly applier?: Readonly<Record<string, unknown>>;
}

/** Tests the rules of a concept; each must have a change that it finds and one that it does not. */
export function testRules(
  concept: keyof typeof CONCEPTS,
  cases: Partial<Record<RuleId, Case>>,
  elsewhere: readonly RuleId[] = [],
): void {
  describe(concept, () => {
    it("has a hit and a near miss for every rule", () => {
      expect([...Object.keys(cases), ...elsewhere].sort()).toEqual(Object.keys(CONCEPTS[concept]).sort());
    });
    for (const [rule, { hit, miss, applier }] of Object.entries(cases)) {
      it.each(hit.map((pair, index) => [index, pair] as const))(`${rule} is found (%i)`, async (_, pair) => {
        expect(rulesIn(await compared(pair, applier))).toContain(rule);
      });
      it.each(miss.map((pair, index) => [index, pair] as const))(
        `${rule} is not found where it is not (%i)`,
        async (_, pair) => {
          const result = await compared(pair, applier);
          expect(rulesIn(result)).not.toContain(rule);
          // A near miss still is a change that is told.
          expect(result.summary.objects.all).toBeGreaterThan(0);
        },
      );
    }
  });
}

/** Compares one component's objects. */
export function compared([before, after]: Pair, applier: Readonly<Record<string, unknown>> = {}): Promise<DiffResult> {
  const list = (objects: Pair[number]) =>
    objects === undefined ? [] : Array.isArray(objects) ? objects : [objects as AnyObject];
  const root = [kustomization("app", applier)];
  return compare(
    { "one/flux-system": root, "one/app": list(before) },
    { "one/flux-system": root, "one/app": list(after) },
  );
}

/** An object before and after a patch. */
export function change(before: AnyObject, patch: object): Pair {
  return [before, patched(before, patch)];
}

export const DEPLOYMENT = object("apps/v1", "Deployment", {
  metadata: { labels: { app: "it" } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "it" } },
    template: {
      metadata: { labels: { app: "it" } },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        serviceAccountName: "it",
        containers: [
          {
            name: "main",
            image: "registry.example.com/it:1.2.3",
            readinessProbe: { httpGet: { path: "/", port: 80 } },
            resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    },
  },
});

type Container = Readonly<Record<string, unknown>>;

/** The deployment with a patch to its pods, and one to its container. */
export function pod(patch: object, container: object = {}): Pair {
  const template = DEPLOYMENT["spec"] as { template: { spec: { containers: readonly Container[] } } };
  const [main] = template.template.spec.containers;
  return change(DEPLOYMENT, { spec: { template: { spec: { ...patch, containers: [patched(main, container)] } } } });
}

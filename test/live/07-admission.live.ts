import { conditionOf } from "../../cli/live/client";
import { until } from "../../cli/live/wait";
import { registryHost } from "../../clusters/fleet";
import { type Answer, askToChange, askToCreate } from "./admission/ask";
import { type Fixture, fixturesOf, goodPod, POLICIES } from "./admission/corpus";
import { AUDITED, messageOf } from "./admission/messages";
import { measuredAnswers } from "./admission/pace";
import { addNamespace, dropNamespace, guarded } from "./admission/place";
import { podTemplateOf, type Workload } from "./admission/pods";
import { rig } from "./rig";

const TEAM = "team";

describe.each(guarded(rig()))("admission on $name", (plane) => {
  const live = rig();
  const { client } = plane;
  const registry = registryHost(live.fleet);
  const foreign = `registry.example.com/app:1`;
  const answers: Answer[] = [];

  /** Asks as a user would; what a pod cannot be born with is added to it afterwards. */
  const judge = async ({ object, ephemeral }: Fixture): Promise<Answer> => {
    if (ephemeral.length === 0) return askToCreate(client, object);
    const born = await askToCreate(client, object, { really: true });
    if (!born.admitted) return born;
    try {
      const patch = { spec: { ephemeralContainers: ephemeral } };
      return await askToChange(client, object, patch, { subresource: "ephemeralcontainers" });
    } finally {
      await client.remove(object, 0);
    }
  };

  const made: string[] = [];
  beforeAll(async () => {
    // A cluster without the mesh lacks namespaces of it that fixtures lie in.
    const fixtures = POLICIES.flatMap((policy) => [
      ...fixturesOf(policy, "good", registry),
      ...fixturesOf(policy, "bad", registry),
    ]);
    const places = new Set([TEAM, ...fixtures.flatMap(({ object }) => object.metadata.namespace ?? [])]);
    for (const place of places) if (await addNamespace(plane, place)) made.push(place);
  });
  afterAll(() => Promise.all(made.map((place) => dropNamespace(plane, place))));

  describe.each(POLICIES)("%s", (policy) => {
    it("is in force and says so", async () => {
      const conditions = () => client.get("policies.kyverno.io/v1", "ValidatingPolicy", policy).then(readiness);
      const wanted = { ready: true, RBACPermissionsGranted: "True", WebhookConfigured: "True" };
      await until(`the conditions of ${policy}`, async () => (await conditions())["RBACPermissionsGranted"]);
      expect(await conditions()).toMatchObject(wanted);
    });

    it("admits every good fixture without a warning", async () => {
      for (const fixture of fixturesOf(policy, "good", registry)) {
        const answer = await judge(fixture);
        answers.push(answer);
        expect({ file: fixture.file, ...answer }).toMatchObject({ admitted: true, message: "", warnings: [] });
      }
    });

    it(
      policy === AUDITED ? "admits every bad fixture too" : "refuses every bad fixture, and says what to do",
      async () => {
        const bad = fixturesOf(policy, "bad", registry);
        expect(bad.length).toBeGreaterThan(8);
        for (const fixture of bad) {
          const answer = await judge(fixture);
          answers.push(answer);
          expect({ file: fixture.file, admitted: answer.admitted }).toEqual({
            file: fixture.file,
            admitted: policy === AUDITED,
          });
          if (policy === AUDITED) continue;
          const texts = fixture.breaks.map((each) => messageOf(each, registry).source);
          expect(answer.message).toMatch(new RegExp(texts.join("|")));
        }
      },
    );
  });

  it("takes note of what is only audited: an event, and a report of the pod", async () => {
    const pod = goodPod(TEAM, registry, "without-version");
    const { version: _, ...labels } = pod.metadata.labels ?? {};
    expect(
      await askToCreate(client, { ...pod, metadata: { ...pod.metadata, labels } }, { really: true }),
    ).toMatchObject({
      admitted: true,
    });
    const text = messageOf(AUDITED, registry);
    await until("the event", async () =>
      (await client.list("v1", "Event", TEAM)).some((event) => {
        const { reason, message, involvedObject: { name } = {} } = event as unknown as Noted;
        return reason === "PolicyViolation" && name === pod.metadata.name && text.exec(message)?.[1] === "version";
      }),
    );
    await until("the report", async () =>
      (await client.list("reports.kyverno.io/v1", "EphemeralReport", TEAM)).some(
        ({ metadata, spec }) =>
          metadata.annotations?.["audit.kyverno.io/resource.name"] === pod.metadata.name &&
          ((spec?.["results"] ?? []) as Result[]).some(({ policy, result }) => policy === AUDITED && result === "fail"),
      ),
    );
    await client.remove(pod, 0);
  });

  it.each(["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Pod"])(
    "refuses a change of a %s to what it may not be created with, and no other",
    async (kind) => {
      const fixture = fixturesOf("restrict-image-registries", "good", registry).find(
        ({ object }) => object.kind === kind,
      );
      if (!fixture) throw new Error(`no fixture of ${kind}`);
      const { object } = fixture;
      expect(await askToCreate(client, object, { really: true })).toMatchObject({ admitted: true });
      const withImage = (image: string) => {
        const template = podTemplateOf(structuredClone(object) as Workload);
        const containers = template.spec.containers.map((container) => ({ ...container, image }));
        if (kind === "Pod") return { spec: { containers } };
        const inTemplate = { template: { spec: { containers } } };
        return { spec: kind === "CronJob" ? { jobTemplate: { spec: inTemplate } } : inTemplate };
      };
      const bad = await askToChange(client, object, withImage(foreign));
      expect(messageOf("restrict-image-registries", registry).exec(bad.message)?.[1]).toBe(foreign);
      for (const patch of [withImage(`${registry}/app:2`), { metadata: { labels: { seen: "yes" } } }]) {
        expect(await askToChange(client, object, patch)).toMatchObject({ admitted: true, message: "" });
      }
      await client.remove(object, 0);
    },
  );

  it("looks at names that the server makes", async () => {
    const { metadata, ...rest } = goodPod(TEAM, registry, "unused");
    const named = (image: string) => ({
      ...rest,
      metadata: { namespace: TEAM, generateName: "made-", labels: metadata.labels },
      spec: { ...rest.spec, containers: rest.spec.containers.map((container) => ({ ...container, image })) },
    });
    const good = named(`${registry}/app:1`) as unknown as Workload;
    expect(await askToCreate(client, good)).toMatchObject({ admitted: true });
    const bad = await askToCreate(client, named(foreign) as unknown as Workload);
    expect(bad.message).toMatch(messageOf("restrict-image-registries", registry));
  });

  it("leaves no way around by a kind that no policy names: its pods are refused", async () => {
    const { spec } = podTemplateOf(goodPod(TEAM, foreign.replace(/\/app:1$/, ""), "unused"));
    const set = {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "around", namespace: TEAM },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: "demo" } },
        template: { metadata: { labels: { app: "demo" } }, spec },
      },
    };
    await client.create(set);
    const reason = await until("the refusal of its pod", async () => {
      const replicas = await client.get("apps/v1", "ReplicaSet", "around", TEAM);
      return conditionOf(replicas, "ReplicaFailure")?.message;
    });
    expect(reason).toMatch(/Policy restrict-image-registries failed: image registry\.example\.com\/app:1/);
    expect(await client.list("v1", "Pod", TEAM, "app=demo")).toEqual([]);
    await client.remove(set);
  });

  it("takes milliseconds", async () => {
    await measuredAnswers(plane, registry, TEAM, answers);
    expect(answers.length).toBeGreaterThan(50);
  });
});

interface Noted {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject?: { readonly name: string };
}

interface Result {
  readonly policy: string;
  readonly result: string;
}

function readiness(policy: { status?: Record<string, unknown> } | undefined): Record<string, unknown> {
  const { ready, conditions = [] } = (policy?.status?.["conditionStatus"] ?? {}) as {
    ready?: boolean;
    conditions?: { type: string; status: string }[];
  };
  return { ready, ...Object.fromEntries(conditions.map(({ type, status }) => [type, status])) };
}

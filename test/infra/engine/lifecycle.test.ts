import { presets } from "../../../clusters/presets";
import type { Engine } from "../../../infra/engine/run";
import { DEPLOY_KEY_BODY, describeEngine, engineFor, expectOk, kinds, lines, MINUTES, provisioned } from "./helpers";

/** Everything in the order in which a stack lives; each test goes on where the one before it ended. */
describeEngine.each(Object.keys(presets))("the real engine with preset %s", (preset) => {
  let engine: Engine;
  let planned: readonly string[];

  beforeAll(async () => {
    engine = await engineFor(preset);
  }, 2 * MINUTES);

  afterAll(async () => {
    await engine?.stop();
  }, MINUTES);

  it(
    "plans a first run without anything in Azure",
    async () => {
      const result = expectOk(await engine.run("preview"));
      planned = lines(result.steps);
      expect(kinds(result.steps)).toEqual(["create"]);
      expect(planned.length).toBeGreaterThan(150);
      expect(await engine.cloud()).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    "creates exactly what it planned, in an order that works",
    async () => {
      const result = expectOk(await engine.run("up"));
      expect(lines(result.steps)).toEqual(planned);
      const cloud = await engine.cloud();
      expect(
        provisioned(engine)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(cloud.map(({ id }) => id).sort());
      expect(engine.state().pending_operations ?? []).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    "changes nothing the second time, and tells the outputs",
    async () => {
      const result = expectOk(await engine.run("up"));
      expect(result.steps).toEqual([]);
      expect(Object.keys(result.changes)).toEqual(["same"]);
      const outputs = Object.entries(result.outputs);
      expect(outputs.filter(([, { value, secret }]) => value === undefined && !secret)).toEqual([]);
      expect(result.outputs["nameServers"]?.value).toEqual(
        expect.arrayContaining([expect.stringContaining("azure-dns")]),
      );
    },
    5 * MINUTES,
  );

  it(
    "finds no drift",
    async () => {
      const result = expectOk(await engine.run("refresh"));
      expect(result.steps).toEqual([]);
      expect(Object.keys(result.changes)).toEqual(["same"]);
    },
    5 * MINUTES,
  );

  it("keeps secrets out of every file of the backend", () => {
    const files = [...engine.backendFiles()];
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter(([, content]) => content.includes(DEPLOY_KEY_BODY)).map(([path]) => path)).toEqual([]);
    const encoded = Buffer.from(DEPLOY_KEY_BODY).toString("base64").slice(0, 40);
    expect(files.filter(([, content]) => content.includes(encoded)).map(([path]) => path)).toEqual([]);
  });

  it(
    "refuses to be destroyed while it is protected, and touches nothing",
    async () => {
      const before = await engine.cloud();
      const result = await engine.run("destroy");
      expect(result.ok).toBe(false);
      const guarded = provisioned(engine).filter(({ protect }) => protect);
      const types = new Set(guarded.map(({ type }) => type.replace("azure-native:", "")));
      expect([...types]).toEqual(expect.arrayContaining(["keyvault:Vault", "dns:Zone", "dataprotection:BackupVault"]));
      const named = result.errors.flatMap((error) => /resource "(.+)" cannot be deleted/.exec(error)?.[1] ?? []);
      expect(named.length).toBeGreaterThan(0);
      expect(guarded.map(({ urn }) => urn)).toEqual(expect.arrayContaining(named));
      expect(await engine.cloud()).toEqual(before);
    },
    5 * MINUTES,
  );

  it(
    "is destroyed without remains once protection is off",
    async () => {
      await engine.configure({ "aks-fleet:protect": "false" });
      const off = expectOk(await engine.run("up"));
      expect(Object.keys(off.changes)).toEqual(["same"]);
      expect(provisioned(engine).filter(({ protect }) => protect)).toEqual([]);
      const result = expectOk(await engine.run("destroy"));
      expect(kinds(result.steps)).toEqual(["delete"]);
      expect(await engine.cloud()).toEqual([]);
      expect(provisioned(engine)).toEqual([]);
    },
    5 * MINUTES,
  );
});

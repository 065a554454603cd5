import { PRESETS, provisioned } from "./helpers";

describe.each(PRESETS)("the first preview of the %s fleet", (preset) => {
  test("registers the same resources although nothing is known yet", async () => {
    const [preview, update] = [await provisioned(preset, true), await provisioned(preset)];
    const key = ({ type, name, parent }: { type: string; name: string; parent?: string }) =>
      `${type} ${name} under ${parent ?? "the stack"}`;
    expect(preview.resources.map(key).sort()).toEqual(update.resources.map(key).sort());
  });

  test("names the same outputs", async () => {
    const [preview, update] = [await provisioned(preset, true), await provisioned(preset)];
    const known = Object.keys(update.recording.outputs).sort();
    expect(known).toEqual(expect.arrayContaining(Object.keys(preview.recording.outputs).sort()));
    expect(known).toEqual(
      expect.arrayContaining([
        "accessCommands",
        "apiServers",
        "fluxPublicKeys",
        "ingressAddressCommands",
        "nameServers",
      ]),
    );
  });

  test("promises nothing that takes a running cluster: no created value is known", async () => {
    const { resources } = await provisioned(preset, true);
    const known = resources.filter(
      ({ type, inputs }) => type.endsWith(":FederatedIdentityCredential") && inputs["issuer"] !== undefined,
    );
    expect(known).toEqual([]);
  });
});

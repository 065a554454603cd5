import { wantedKinds } from "../../../cli/import/crd";
import { CRD_MODULES } from "../../../clusters/versions";
import { SOURCES } from "../../../imports/sources";

test("every pinned module is a source, and every source is used", () => {
  const modules = SOURCES.flatMap((source) => (source.from === "go-module" ? [source.module] : []));
  expect(modules.sort()).toEqual(Object.keys(CRD_MODULES).sort());
  for (const source of SOURCES) {
    const kinds = source.from === "openapi" ? [source.kinds] : source.files.map((file) => file.kinds);
    expect(kinds.flatMap(wantedKinds).length).toBeGreaterThan(0);
  }
});

test("exactly one source has Kubernetes' own definitions, which all metadata comes from", () => {
  expect(SOURCES.filter((source) => source.from === "openapi")).toHaveLength(1);
});

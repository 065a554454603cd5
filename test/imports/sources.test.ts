import { KINDS_OF_TEAMS, SOURCES } from "../../imports/sources";
import { PRESETS, rendered } from "../helpers/fleet";

const imported = SOURCES.flatMap((source) =>
  source.from === "openapi" ? [source.kinds] : source.files.map((file) => file.kinds),
).flatMap((kinds) =>
  Object.entries(kinds).flatMap(([apiVersion, names]) => names.map((kind) => `${apiVersion} ${kind}`)),
);

describe("the imported kinds", () => {
  const used = new Set(
    PRESETS.flatMap(([, fleet]) =>
      [...rendered(fleet).values()].flatMap((cluster) =>
        cluster.objects.map((object) => `${object.apiVersion} ${object.kind}`),
      ),
    ),
  );

  it("are those in use, and those that teams bring", () => {
    const offered = Object.entries(KINDS_OF_TEAMS).flatMap(([apiVersion, kinds]) =>
      kinds.map((kind) => `${apiVersion} ${kind}`),
    );
    expect(imported.filter((kind) => !used.has(kind)).sort()).toEqual(offered.filter((kind) => !used.has(kind)).sort());
  });

  it("cover everything that is rendered", () => {
    expect([...used].filter((kind) => !imported.includes(kind))).toEqual([]);
  });

  it("are listed once each", () => {
    expect(new Set(imported).size).toBe(imported.length);
  });
});

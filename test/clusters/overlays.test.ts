import { fleet } from "../../clusters/fleet";
import { overlayOf } from "../../clusters/overlays";
import { presets } from "../../clusters/presets";

describe("overlayOf", () => {
  it("finds the overlay of every cluster of every preset", () => {
    for (const { clusters } of Object.values(presets)) {
      for (const cluster of clusters) expect(overlayOf(cluster.name)({ fleet, cluster })).toEqual(expect.any(Object));
    }
  });

  it("tells what to create where there is none", () => {
    expect(() => overlayOf("app9")).toThrow(
      new Error(
        "clusters/app9.ts does not exist, but the fleet has a cluster app9; create it with:\n" +
          '  import type { Overlay } from "./overlay";\n  export const overlay: Overlay = () => ({});',
      ),
    );
  });

  it.each(["fleet", "platform"])("tells what to export where a file is no overlay: %s", (name) => {
    expect(() => overlayOf(name)).toThrow(
      new Error(`clusters/${name}.ts exports no overlay; add: export const overlay: Overlay = () => ({});`),
    );
  });
});

describe("an overlay that cannot be loaded", () => {
  const load = (name: string, factory: () => unknown): unknown => {
    jest.doMock(`../../clusters/${name}.ts`, factory, { virtual: true });
    return overlayOf(name);
  };

  it("throws what it throws", () => {
    const broken = () =>
      load("broken", () => {
        throw new SyntaxError("Unexpected token");
      });
    expect(broken).toThrow(new SyntaxError("Unexpected token"));
  });

  it("for want of another module names that one", () => {
    const lacking = () =>
      load("lacking", () => {
        throw new Error("Cannot find module './other' from 'clusters/lacking.ts'");
      });
    expect(lacking).toThrow("Cannot find module './other'");
  });
});

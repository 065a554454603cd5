import { createServer } from "node:net";
import { freePorts } from "../../../cli/live/ports";

/** Takes a port until it is given back. */
function taken(port: number): Promise<() => Promise<void>> {
  const server = createServer();
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done(() => new Promise((closed) => server.close(() => closed()))));
  });
}

describe("free ports", () => {
  it("can be listened on, and lie below those of outgoing connections", async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(32_000);
      await (await taken(port))();
    }
  });

  it("are given to one only, also when many ask at once", async () => {
    const all = (await Promise.all(Array.from({ length: 20 }, () => freePorts(15)))).flat();
    expect(new Set(all).size).toBe(300);
  });

  it("are none that somebody listens on", async () => {
    const random = jest.spyOn(Math, "random").mockReturnValue(0.5);
    try {
      const [first = 0] = await freePorts(1);
      const giveBack = await taken(first + 1);
      try {
        expect(await freePorts(2)).toEqual([first + 2, first + 3]);
      } finally {
        await giveBack();
      }
    } finally {
      random.mockRestore();
    }
  });

  it("are an error where there are not so many", async () => {
    await expect(freePorts(-1)).resolves.toEqual([]);
    const listen = jest.spyOn(jest.requireActual<typeof import("node:net")>("node:net").Server.prototype, "listen");
    listen.mockImplementation(function (this: import("node:net").Server) {
      queueMicrotask(() => this.emit("error", new Error("in use")));
      return this;
    });
    try {
      await expect(freePorts(1)).rejects.toThrow("There are not 1 free ports on 127.0.0.1 from 20000 to 32000");
    } finally {
      listen.mockRestore();
    }
  });
});

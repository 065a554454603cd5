import { createServer } from "node:net";

/** Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere), so that none is taken meanwhile. */
const FIRST = 20_000;
const LAST = 32_000;

/** What this process has given out: a port is free until its program has started. */
const given = new Set<number>();

/** So many free ports on loopback, in no particular order; none is given twice. Throws when there are not enough. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const free: number[] = [];
  const start = FIRST + Math.floor(Math.random() * (LAST - FIRST));
  for (let step = 0; free.length < count && step < LAST - FIRST; step += 1) {
    const port = FIRST + ((start - FIRST + step) % (LAST - FIRST));
    if (given.has(port)) continue;
    // Before the look, during which others may ask.
    given.add(port);
    if (await isFree(port)) free.push(port);
    else given.delete(port);
  }
  if (free.length < count) throw new Error(`There are not ${count} free ports on 127.0.0.1 from ${FIRST} to ${LAST}`);
  return free;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Exit, runProgram } from "../../cli/tools/process";
import { type Files, withFolder } from "../cli/folder";
import { ROOT } from "./linters";

/** A request that a script made. */
export interface Request {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** What is answered: content as JSON, or a status. */
export type Answer = (request: Request) => unknown;

/** What a script did. */
export interface Ran extends Exit {
  readonly requests: readonly Request[];
  /** Those that change something. */
  readonly written: readonly Request[];
}

/** How a script is run. */
export interface Run {
  readonly script: string;
  readonly answer: Answer;
  /** Files of the folder that `{folder}` in `args` and `env` stands for. */
  readonly files?: Files;
  readonly args?: readonly string[];
  /** `{server}` stands for the address of the interface. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a script of the workflows against an interface on this machine. */
export function runScript({ script, answer, files = {}, args = [], env }: Run): Promise<Ran> {
  const requests: Request[] = [];
  const server = createServer((incoming, response) => {
    let text = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, path: url, token: headers.authorization, body: text ? JSON.parse(text) : undefined };
      requests.push(request);
      const content = answer(request);
      response.statusCode = typeof content === "number" ? content : content === undefined ? 404 : 200;
      response.end(typeof content === "number" ? "" : JSON.stringify(content ?? { message: "Not Found" }));
    });
  });
  return withFolder(files, async (folder) => {
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const filled = (value: string) => value.replace("{folder}", folder).replace("{server}", `http://127.0.0.1:${port}`);
    const own = Object.entries({ API_PAUSE: "1", ...env }).map(([name, value]) => [name, filled(value)]);
    try {
      const exit = await runProgram(process.execPath, [join(ROOT, ".github/scripts", script), ...args.map(filled)], {
        env: { PATH: process.env["PATH"] ?? "", ...Object.fromEntries(own) },
        timeout: 30_000,
      });
      const written = requests.filter(({ method, path }) => method !== "GET" && path !== "/graphql");
      return { ...exit, requests, written };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}

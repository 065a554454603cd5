import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Access } from "../../../cli/live/client";
import { authority } from "./certificate";

/** A request as the server got it. */
export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Name in the client's certificate. */
  readonly client?: string;
}

/** What is answered: an object, or by hand. `undefined` is a 404. */
export type Answering = (request: Request, response: ServerResponse) => unknown;

/** Lists of kinds, as every API server has them. */
export const KINDS: Readonly<Record<string, unknown>> = {
  "/api/v1": {
    resources: [
      { name: "namespaces", kind: "Namespace", namespaced: false },
      { name: "namespaces/status", kind: "Namespace", namespaced: false },
      { name: "configmaps", kind: "ConfigMap", namespaced: true },
    ],
  },
  "/apis/apps/v1": { resources: [{ name: "deployments", kind: "Deployment", namespaced: true }] },
};

const CA = authority();

/** Starts a small API server, works with it, and stops it. */
export async function withApiServer<T>(
  answer: Answering,
  work: (access: Access, requests: readonly Request[]) => Promise<T>,
  clients = false,
  kinds = KINDS,
): Promise<T> {
  const requests: Request[] = [];
  const options: ServerOptions = { ...CA.issue("server"), ...(clients && { ca: CA.cert, requestCert: true }) };
  const server = createServer(options, (incoming, response) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const name = (incoming.socket as TLSSocket).getPeerCertificate?.()?.subject?.CN;
      const request = { method, url, headers, body, ...(name && { client: String(name) }) };
      if (!(url in kinds)) requests.push(request);
      const given = kinds[url] ?? answer(request, response);
      if (response.writableEnded || response.headersSent) return;
      response.writeHead(given === undefined ? 404 : 200);
      response.end(given === undefined ? refusal("NotFound", "not found") : JSON.stringify(given));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  try {
    return await work({ server: `https://127.0.0.1:${port}`, ca: CA.cert, token: "t0ken" }, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** A certificate for a client whom the server takes. */
export function clientNamed(name: string) {
  return CA.issue(name);
}

/** The text of a refusal. */
export function refusal(reason: string, message: string): string {
  return JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", reason, message });
}

import { Agent, request } from "node:https";

/** Name under which the rig writes fields of objects. */
export const MANAGER = "aks-fleet-live";

/** How an API server is reached. */
export interface Access {
  /** Address, for example `https://127.0.0.1:20443`. */
  readonly server: string;
  /** Certificates the server's own is checked against, PEM. */
  readonly ca: string;
  /** Bearer token; empty where a certificate says who asks. */
  readonly token: string;
  /** Client certificate, PEM. @default none */
  readonly cert?: string;
  /** Its private key, PEM. @default none */
  readonly key?: string;
  /** Name that the server's certificate is for. @default the one in its address */
  readonly serverName?: string;
}

/** What was answered to a request that was refused. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** One request. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** Form in which the answer is wanted. @default JSON */
  readonly accept?: string;
  /** Milliseconds. @default 30 s */
  readonly timeout?: number;
  /** Impersonate this user. */
  readonly as?: string;
  /** Learns what the server warns of, whether it does what it was asked or not. */
  readonly onWarning?: (text: string) => void;
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Requests to one server, over a few connections that stay open. */
export class Transport {
  private readonly agent: Agent;

  constructor(readonly access: Access) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 16, ...this.identity() });
  }

  /** Sends a request and takes the answer as it is; rejects only when there is none. */
  exchange(call: Call): Promise<Answer> {
    const { method, path, body, contentType = "application/json", timeout = 30_000, onWarning } = call;
    const text = body === undefined ? undefined : JSON.stringify(body);
    // Of a DELETE Node does not say by itself how long the body is, and the rest of the connection would be taken for it.
    const framed = text !== undefined && { "content-type": contentType, "content-length": Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.access.server), {
        method,
        agent: this.agent,
        headers: { ...this.headers(call), ...framed },
        signal: AbortSignal.timeout(timeout),
      });
      sent.on("error", reject);
      sent.on("response", (response) => {
        if (onWarning) for (const header of response.headersDistinct["warning"] ?? []) onWarning(warningIn(header));
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      sent.end(text);
    });
  }

  /** Hands over what an endless answer brings, piece by piece, until it ends or `signal` aborts; resolves with its status, 0 if none came. */
  stream(path: string, take: (chunk: string) => void, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.access.server), { ...this.identity(), headers: this.headers(), signal });
      sent.on("error", () => resolve(0));
      sent.on("response", (response) => {
        const end = () => resolve(response.statusCode ?? 0);
        response.setEncoding("utf8").on("data", (chunk: string) => {
          try {
            take(chunk);
          } catch (error) {
            reject(error);
            sent.destroy();
          }
        });
        response.on("close", end);
        response.on("error", end);
      });
      sent.end();
    });
  }

  /** Forgets connections. */
  close(): void {
    this.agent.destroy();
  }

  private identity() {
    const { ca, cert, key, serverName } = this.access;
    return { ca, ...(cert && { cert }), ...(key && { key }), ...(serverName && { servername: serverName }) };
  }

  private headers({ accept = "application/json", as }: Pick<Call, "accept" | "as"> = {}): Record<string, string> {
    return {
      accept,
      // The server takes it for the name of whoever manages what is created.
      "user-agent": MANAGER,
      ...(this.access.token && { authorization: `Bearer ${this.access.token}` }),
      ...(as && { "impersonate-user": as }),
    };
  }
}

/** The text of a header such as `299 - "what is wrong"`. */
function warningIn(header: string): string {
  return (/^\d+ \S+ "(.*)"/s.exec(header)?.[1] ?? header).replace(/\\(.)/g, "$1");
}

/** The error that an answer stands for. */
export function errorOf(status: number, text: string, { method, path }: Call): ApiError {
  try {
    const { reason, message } = JSON.parse(text) as { reason?: string; message?: string };
    return new ApiError(status, reason ?? String(status), message ?? text);
  } catch {
    return new ApiError(status, String(status), `${method} ${path}: ${status} ${text.trim().slice(0, 500)}`);
  }
}

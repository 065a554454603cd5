import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { load } from "js-yaml";
import type { KubernetesObject } from "../../../base/object";
import type { ApiClient, LiveObject } from "../../../cli/live/client";
import { type Crd, inParallel, installCrds } from "../../../cli/live/crds";

/** What a server says to a tree of objects. */
export interface Verdict {
  readonly objects: number;
  /** Refused objects, as `file: why`. */
  readonly refused: readonly string[];
  /** Warnings about APIs and fields that will go, as `file: what`. */
  readonly deprecated: readonly string[];
}

/** Says of a warning that it is about something that will go; the others are advice, of Pod Security for example. */
const WILL_GO = /deprecated|non-functional|will be removed|removed in|unavailable in/i;

/** Objects of a cluster as they were pushed, with Flux's substitution done. */
export function pushedTree(clone: string, cluster: string, variables: Readonly<Record<string, string>>) {
  const folder = join(clone, "dist", cluster);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const filled = text.replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? `unset ${name}`);
      return { file, object: load(filled) as KubernetesObject };
    });
}

/** Asks a server, strictly, to apply objects, without doing it. */
export async function askedOf(client: ApiClient, tree: ReturnType<typeof pushedTree>): Promise<Verdict> {
  const refused: string[] = [];
  const deprecated: string[] = [];
  for (const { file, object } of tree) {
    const { status, text, warnings } = await dryRun(client, object).catch((error: Error) => ({
      status: 0,
      text: error.message,
      warnings: [],
    }));
    if (status !== 200 && status !== 201) refused.push(`${file}: ${text}`);
    deprecated.push(...warnings.filter((warning) => WILL_GO.test(warning)).map((warning) => `${file}: ${warning}`));
  }
  return { objects: tree.length, refused, deprecated };
}

/** Deprecated APIs that anybody has asked a server for since it started, as `version/resource`. */
export async function requestedDeprecated(client: ApiClient): Promise<readonly string[]> {
  const metrics = await client.send<string>({ method: "GET", path: "/metrics" });
  return metrics
    .split("\n")
    .filter((line) => line.startsWith("apiserver_requested_deprecated_apis{"))
    .map((line) => {
      const label = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(line)?.[1] ?? "";
      return [label("group"), label("version"), label("resource")].filter(Boolean).join("/");
    })
    .sort();
}

/** The minor that a server behaves as, for example `1.36`. */
export async function minorOf(client: ApiClient): Promise<string> {
  interface Version {
    readonly emulationMajor: string;
    readonly emulationMinor: string;
  }
  const { emulationMajor, emulationMinor } = await client.send<Version>({ method: "GET", path: "/version" });
  return `${emulationMajor}.${emulationMinor}`;
}

/** Gives one server the CRDs and namespaces of another. */
export async function furnish(client: ApiClient, like: ApiClient): Promise<void> {
  const bare = ({ metadata }: LiveObject) => ({ name: metadata.name, annotations: metadata.annotations ?? {} });
  const crds = await like.list("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  await installCrds(
    client,
    crds.map((crd) => ({ ...crd, metadata: bare(crd), status: {} }) as unknown as Crd),
  );
  const namespaces = await like.list("v1", "Namespace");
  await inParallel(namespaces, 4, ({ metadata }) =>
    client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: metadata.name } }),
  );
}

async function dryRun(client: ApiClient, object: KubernetesObject) {
  const query = new URLSearchParams({
    fieldManager: "kustomize-controller",
    fieldValidation: "Strict",
    force: "true",
    dryRun: "All",
  });
  const { server, ca, token } = client.access;
  const url = new URL(`${await client.pathOf(object)}?${query}`, server);
  return new Promise<{ status: number; text: string; warnings: string[] }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/apply-patch+yaml" };
    const sent = request(url, { method: "PATCH", ca, headers, signal: AbortSignal.timeout(30_000) });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, warnings: warningsIn(response.rawHeaders) }),
      );
    });
    sent.end(JSON.stringify(object));
  });
}

/** The texts of `Warning: 299 - "…"` headers. */
function warningsIn(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => {
    if (index % 2 === 1 || name.toLowerCase() !== "warning") return [];
    return [...(rawHeaders[index + 1] ?? "").matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text ?? "");
  });
}

import type { ApiClient, LiveObject } from "../../../cli/live/client";
import { type Crd, installCrds } from "../../../cli/live/crds";
import { inParallel } from "../../../cli/live/together";
import type { PushedObject } from "../pushed";

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

/** Asks a server, strictly, to apply objects, without doing it. */
export async function askedOf(client: ApiClient, tree: readonly PushedObject[]): Promise<Verdict> {
  const refused: string[] = [];
  const deprecated: string[] = [];
  for (const { file, object } of tree) {
    const onWarning = (warning: string) => {
      if (WILL_GO.test(warning)) deprecated.push(`${file}: ${warning}`);
    };
    await client
      .apply(object, { manager: "kustomize-controller", dryRun: true, onWarning })
      .catch((error: Error) => refused.push(`${file}: ${error.message}`));
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

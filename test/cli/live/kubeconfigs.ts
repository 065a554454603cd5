import { join } from "node:path";
import { dump } from "js-yaml";
import { type Kubeconfig, readKubeconfig } from "../../../cli/live/kubeconfig";
import { type Files, withFolder } from "../folder";
import { authority } from "./certificate";

/** An authority and a client of it, as kind would have made them. */
export const CA = authority();
export const CLIENT = CA.issue("kubernetes-admin");

/** Text as kubeconfigs carry it. */
export function data(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** Fields of a cluster and of a user. */
export interface Given {
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig as kind writes it, with these contexts; each has a server of its own. */
export function kubeconfig(contexts: Readonly<Record<string, Given>>, current?: string): string {
  const names = Object.keys(contexts);
  const entries = (kind: "cluster" | "user", usual: (index: number) => object) =>
    names.map((name, index) => ({ name, [kind]: contexts[name]?.[kind] ?? usual(index) }));
  return dump({
    apiVersion: "v1",
    kind: "Config",
    clusters: entries("cluster", (index) => ({
      server: `https://127.0.0.1:${6443 + index}`,
      "certificate-authority-data": data(CA.cert),
    })),
    users: entries("user", () => ({
      "client-certificate-data": data(CLIENT.cert),
      "client-key-data": data(CLIENT.key),
    })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    ...(current !== undefined && { "current-context": current }),
  });
}

/** Reads kubeconfigs, all files of a folder in the order of their names. */
export function withKubeconfigs<T>(
  files: Files,
  work: (config: Kubeconfig, folder: string) => T | Promise<T>,
): Promise<T> {
  return withFolder(files, (folder) => {
    const names = Object.keys(files).filter((name) => name.endsWith(".yaml"));
    return work(readKubeconfig(names.sort().map((name) => join(folder, name))), folder);
  });
}

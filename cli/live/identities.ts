import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { kubeconfigOf } from "./kubeconfig";
import { type StateFolder, save } from "./state";

/** Who signs in with a token of their own. Tokens exist for a run and lie in the state folder only. */
const USERS = [
  { name: "admin", group: "system:masters" },
  { name: "system:kube-controller-manager", group: "system:authenticated" },
  { name: "system:kube-scheduler", group: "system:authenticated" },
] as const;

/** Writes keys, tokens and kubeconfigs of a control plane whose API server has this port. */
export function writeIdentities(folder: string, port: number): void {
  const secret = (file: string, text: string) => writeFileSync(join(folder, file), text, { mode: 0o600 });
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  secret("pki/sa.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  secret("pki/sa.pub", publicKey.export({ type: "spki", format: "pem" }).toString());
  const tokens = USERS.map((user) => ({ ...user, token: randomBytes(24).toString("hex") }));
  secret("pki/tokens.csv", tokens.map(({ name, group, token }) => `${token},${name},${name},${group}\n`).join(""));
  const context = `live-${basename(folder)}`;
  const server = `https://127.0.0.1:${port}`;
  const ca = join(folder, "pki", "apiserver.crt");
  for (const { name, token } of tokens) {
    const short = name.replace("system:", "");
    secret(`pki/${short}.token`, token);
    const config = kubeconfigOf(context, { server, "certificate-authority": ca }, { token });
    save(join(folder, short === "admin" ? "kubeconfig" : `${short}.kubeconfig`), config);
  }
}

type Config = Readonly<Record<"clusters" | "users" | "contexts", readonly { readonly name: string }[]>>;

/** Where the kubeconfig lies that has a context for each cluster. */
export function kubeconfigOfAll(state: StateFolder): string {
  return join(state.path, "kubeconfig");
}

/** Writes one kubeconfig with all clusters of a rig, for a person: `kubectl --context live-app1`. */
export function saveKubeconfig(state: StateFolder, planes: readonly { readonly kubeconfig: string }[]): void {
  const each = planes.map((plane) => JSON.parse(readFileSync(plane.kubeconfig, "utf8")) as Config);
  save(kubeconfigOfAll(state), {
    apiVersion: "v1",
    kind: "Config",
    clusters: each.flatMap(({ clusters }) => clusters),
    users: each.flatMap(({ users }) => users),
    contexts: each.flatMap(({ contexts }) => contexts),
    "current-context": each[0]?.contexts[0]?.name ?? "",
  });
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Entry, type Kubeconfig, KubeconfigError, kubeconfigOf, readKubeconfig, textIn } from "./kubeconfig";
import type { Access } from "./transport";

/** How a context's API server is reached, and as whom. */
export interface Credentials extends Access {
  /** File that has the token, where one is named: programs read it anew, as it may change. */
  readonly tokenFile?: string;
}

/** What asks a program or a provider for credentials: the rig's processes would not have what that needs. */
const PLUGINS = ["exec", "auth-provider"] as const;

/** What is neither a certificate nor a token, or would make requests as somebody else. */
const UNSUPPORTED = ["username", "password", "as", "as-uid", "as-groups", "as-user-extra"] as const;

const OTHER_USER =
  "Fix: give the context a user with a client certificate or a token (`kubectl create token`), as kind and k3d do";

/** How a context is reached. Throws {@link KubeconfigError} with all that is in the way; nothing secret is in it. */
export function credentialsOf(config: Kubeconfig, context: string): Credentials {
  const problems: string[] = [];
  const entry = config.contexts.get(context);
  const cluster = entry && named(config.clusters, entry, "cluster", problems);
  const user = entry && named(config.users, entry, "user", problems);
  if (!entry) problems.push("it is not there");
  const server = cluster ? serverOf(cluster, problems) : "";
  const ca = cluster ? pem(cluster, "certificate-authority", problems) : undefined;
  if (cluster && ca === undefined) {
    problems.push(
      "its cluster has no certificate-authority, so that nobody can tell who answers. Fix: add certificate-authority-data",
    );
  }
  const identity = user ? identityOf(user, problems) : { token: "" };
  if (problems.length > 0) throw new KubeconfigError([...new Set(problems)].join("; "));
  const serverName = cluster && textIn(cluster.fields, "tls-server-name");
  return { server, ca: ca ?? "", ...(serverName && { serverName }), ...identity };
}

/** A kubeconfig of that one context which needs no other file but that of a token. */
export function portable(name: string, { server, ca, serverName, token, tokenFile, cert, key }: Credentials): object {
  const data = (text: string) => Buffer.from(text).toString("base64");
  const cluster = {
    server,
    "certificate-authority-data": data(ca),
    ...(serverName && { "tls-server-name": serverName }),
  };
  const user = {
    ...(tokenFile ? { tokenFile } : token ? { token } : {}),
    ...(cert && { "client-certificate-data": data(cert) }),
    ...(key && { "client-key-data": data(key) }),
  };
  return kubeconfigOf(name, cluster, user);
}

/** How the current context of a kubeconfig is reached. Throws {@link KubeconfigError}. */
export function accessIn(file: string): Access {
  const config = readKubeconfig([file]);
  return credentialsOf(config, config.current ?? "");
}

/** Address of a server without what may be secret in it. */
export function originOf(server: string): string {
  try {
    return new URL(server).origin;
  } catch {
    return "(no address)";
  }
}

function named(all: ReadonlyMap<string, Entry>, { fields }: Entry, kind: string, problems: string[]) {
  const name = textIn(fields, kind);
  const found = name === undefined ? undefined : all.get(name);
  if (!found) problems.push(`its ${kind} is not in the kubeconfig`);
  return found;
}

function serverOf({ fields }: Entry, problems: string[]): string {
  const server = textIn(fields, "server") ?? "";
  if (originOf(server).startsWith("https://")) {
    if (new URL(server).pathname !== "/")
      problems.push("its server's address has a path, as one behind a proxy has. Fix: reach it directly");
    if (fields["insecure-skip-tls-verify"] === true)
      problems.push("it does not check the server's certificate. Fix: add certificate-authority-data instead");
    if (textIn(fields, "proxy-url"))
      problems.push("it needs a proxy, which the rig's programs do not. Fix: reach it directly");
    return server;
  }
  problems.push("its server has no https address. Fix: name one");
  return server;
}

function identityOf(user: Entry, problems: string[]): Pick<Credentials, "token" | "tokenFile" | "cert" | "key"> {
  const { fields } = user;
  for (const plugin of PLUGINS) {
    if (fields[plugin] !== undefined) problems.push(`its user signs in with a plugin (${plugin}). ${OTHER_USER}`);
  }
  const others = UNSUPPORTED.filter((key) => fields[key] !== undefined);
  if (others.length > 0) problems.push(`its user has ${others.join(", ")}, which is not supported. ${OTHER_USER}`);
  const cert = pem(user, "client-certificate", problems);
  const key = pem(user, "client-key", problems);
  if ((cert === undefined) !== (key === undefined))
    problems.push("its user has only one of client-certificate and client-key. Fix: add the other");
  const path = textIn(fields, "tokenFile");
  const tokenFile = path === undefined ? undefined : resolve(user.folder, path);
  const token = textIn(fields, "token") ?? (tokenFile ? fileIn(tokenFile, "tokenFile", problems)?.trim() : undefined);
  if (problems.length === 0 && cert === undefined && !token)
    problems.push(`its user has neither certificate nor token. ${OTHER_USER}`);
  return {
    token: token ?? "",
    ...(tokenFile && !textIn(fields, "token") && { tokenFile }),
    ...(cert && key && { cert, key }),
  };
}

/** What stands in `<name>-data`, else in the file that `<name>` names; kubectl takes them in this order. */
function pem({ folder, fields }: Entry, name: string, problems: string[]): string | undefined {
  const data = textIn(fields, `${name}-data`);
  const file = textIn(fields, name);
  if (data === undefined && file === undefined) return undefined;
  const text =
    data === undefined ? fileIn(resolve(folder, file ?? ""), name, problems) : Buffer.from(data, "base64").toString();
  if (text !== undefined && !text.includes("-----BEGIN ")) problems.push(`its ${name} is no PEM`);
  return text ?? "";
}

function fileIn(path: string, name: string, problems: string[]): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    problems.push(`its ${name} ${path} cannot be read`);
    return undefined;
  }
}

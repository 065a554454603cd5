import { show } from "../wording";
import type { Rule } from "./rule";

const EXAMPLES = 'for example "ssh://git@github.com/example/aks-fleet" or "https://github.com/example/aks-fleet"';

/** Flux takes `https://` and `ssh://user@host/path`, never Git's short form. Source: fluxcd.io/flux/components/source/gitrepositories, URL. */
const gitUrlIsOneFluxTakes: Rule = ({ git }) => {
  const url = git?.url;
  if (url === undefined) return [];
  const at = ["git", "url"];
  const short = /^(?:([\w.-]+)@)?([\w.-]+\.[\w-]+):(?!\/\/)(\/?[^\s]+)$/.exec(url);
  if (short) {
    const [, user = "git", host, path = ""] = short;
    const fix = `write ${show(`ssh://${user}@${host}/${path.replace(/^\//, "")}`)}`;
    return [{ at, reason: `${show(url)} is Git's short form, which Flux does not take`, fix }];
  }
  const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : undefined;
  const path = parsed?.pathname.replace(/^\/+|\/+$/g, "");
  if (!parsed?.hostname || !path || !["https:", "ssh:"].includes(parsed.protocol)) {
    return [
      {
        at,
        reason: `${show(url)} is not a repository that Flux can pull`,
        fix: `write https:// or ssh://, ${EXAMPLES}`,
      },
    ];
  }
  if (parsed.search || parsed.hash) {
    return [{ at, reason: `${show(url)} has a query or a fragment`, fix: `write the repository alone, ${EXAMPLES}` }];
  }
  if (parsed.password || (parsed.username && parsed.protocol === "https:")) {
    const fix = "remove them and use a deploy key with ssh://; a fleet's description is committed";
    return [{ at, reason: `the address of ${parsed.hostname} contains credentials`, fix }];
  }
  if (parsed.protocol === "ssh:" && !parsed.username) {
    const fix = `write ${show(`ssh://git@${parsed.host}/${path}`)}`;
    return [{ at, reason: `${show(url)} does not say as whom to sign in`, fix }];
  }
  return [];
};

/** A branch is one that Git can have. Source: git-scm.com/docs/git-check-ref-format. */
const branchIsABranch: Rule = ({ git }) => {
  const branch = git?.branch;
  if (branch === undefined) return [];
  const refused = /^$|^[-/]|[\s~^:?*[\\]|\.\.|@\{|\/\/|\/\.|^\.|[/.]$|\.lock(\/|$)|^@$/;
  if (!refused.test(branch) && !/\p{Cc}/u.test(branch)) return [];
  return [
    { at: ["git", "branch"], reason: `${show(branch)} cannot be a branch of Git`, fix: 'write for example "main"' },
  ];
};

/** Flux looks at the repository now and then. */
const intervalIsADuration: Rule = ({ git }) => {
  const seconds = git?.intervalSeconds;
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400)) return [];
  const reason = `${seconds} is not a number of seconds between two looks at the repository`;
  return [{ at: ["git", "intervalSeconds"], reason, fix: "write a whole number from 1 to 86400, for example 60" }];
};

/** A mirror is a folder of an OCI registry, to which Flux appends the chart's name. Source: fluxcd.io/flux/components/source/helmrepositories. */
const mirrorIsAFolder: Rule = ({ chartMirror }) => {
  const url = chartMirror?.url;
  if (url === undefined || isRegistryFolder(url)) return [];
  return [
    {
      at: ["chartMirror", "url"],
      reason: `${show(url)} is not a folder of a registry`,
      fix: 'write host and path in lower case without credentials, query or a slash last, for example "oci://registry.example.com/charts"',
    },
  ];
};

/** Plain http is for a registry on this machine only: charts run with all rights in the cluster. */
const mirrorIsEncrypted: Rule = ({ chartMirror }) => {
  const { url, insecure } = chartMirror ?? {};
  if (!insecure || url === undefined || !isRegistryFolder(url)) return [];
  const host = url.slice("oci://".length).split("/")[0] ?? "";
  if (/^(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?$/.test(host)) return [];
  return [
    {
      at: ["chartMirror", "insecure"],
      reason: `is for a registry on loopback, not for ${host}: whoever is between could change charts`,
      fix: "remove insecure and serve the mirror by https",
    },
  ];
};

function isRegistryFolder(url: string): boolean {
  return /^oci:\/\/(\[::1\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:[0-9]{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(url);
}

/** Rules about where Flux pulls from. */
export const sourceRules: readonly Rule[] = [
  gitUrlIsOneFluxTakes,
  branchIsABranch,
  intervalIsADuration,
  mirrorIsAFolder,
  mirrorIsEncrypted,
];

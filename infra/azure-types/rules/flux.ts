import { entries, isSet, lacks, list, number, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const FLUX = "learn.microsoft.com/azure/azure-arc/kubernetes/gitops-flux2-parameters";
const CONFIGURATION = ["kubernetesconfiguration:FluxConfiguration"];

/** Rules about Flux. */
export const FLUX_RULES: readonly Rule[] = [
  { id: "flux-source", source: `${FLUX}#git-repository-arguments`, tokens: CONFIGURATION, check: source },
  {
    id: "flux-namespace",
    source: `${FLUX}#configuration-general-arguments: the default is "default"`,
    tokens: CONFIGURATION,
    check: (inputs) =>
      faultIf(lacks(inputs, "namespace"), "namespace", "is not said; it would be default", "write flux-system"),
  },
  {
    id: "flux-kustomization",
    source: `${FLUX}#kustomization: dependsOn names others of the map`,
    tokens: CONFIGURATION,
    check: kustomizations,
  },
  {
    id: "flux-substitute",
    source: "fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution",
    tokens: CONFIGURATION,
    check: substitutes,
  },
  {
    id: "flux-secret",
    source: `${FLUX}#configuration-settings: values are base64`,
    tokens: CONFIGURATION,
    check: secrets,
  },
];

const URLS = /^(https:\/\/[^\s/]+\/\S+|ssh:\/\/[^\s/]+@[^\s/]+\/\S+)$/;

function source(inputs: Inputs): readonly Fault[] {
  const kind = text(inputs, "sourceKind");
  const property = { GitRepository: "gitRepository", Bucket: "bucket", AzureBlob: "azureBlob" }[kind ?? ""];
  const url = text(inputs, "gitRepository", "url");
  const refs = ["branch", "tag", "semver", "commit"].every((name) =>
    lacks(inputs, "gitRepository", "repositoryRef", name),
  );
  return [
    ...faultIf(lacks(inputs, "sourceKind"), "sourceKind", "is not said", "write GitRepository"),
    ...faultIf(
      property !== undefined && lacks(inputs, property),
      property ?? "",
      `is missing; the source is a ${kind}`,
      "set it",
    ),
    ...faultIf(
      url !== undefined && !URLS.test(url),
      "gitRepository.url",
      `is ${url}`,
      "write https://<host>/<path> or ssh://git@<host>/<path>",
    ),
    ...faultIf(
      isSet(inputs, "gitRepository") && refs,
      "gitRepository.repositoryRef",
      "names no branch, tag, version or commit",
      "set one",
    ),
  ];
}

function kustomizations(inputs: Inputs): readonly Fault[] {
  const all = new Map(entries(inputs, "kustomizations"));
  const cycle = cycleIn(new Map([...all].map(([name, value]) => [name, texts(value, "dependsOn")])));
  return [
    ...faultIf(
      cycle !== undefined,
      "kustomizations",
      `wait for each other: ${cycle?.join(" -> ")}`,
      "break the circle",
    ),
    ...[...all].flatMap(([name, value]) => {
      const path = `kustomizations.${name}`;
      const folder = text(value, "path");
      const numbers = ["timeoutInSeconds", "syncIntervalInSeconds", "retryIntervalInSeconds"].flatMap((field) =>
        faultIf(
          (number(value, field) ?? 1) <= 0,
          `${path}.${field}`,
          `is ${number(value, field)}`,
          "write more than 0",
        ),
      );
      return [
        ...faultIf(
          !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name),
          path,
          "is no name that Kubernetes takes",
          "use lower-case letters, digits and dashes",
        ),
        ...texts(value, "dependsOn").flatMap((other) =>
          faultIf(
            !all.has(other),
            `${path}.dependsOn`,
            `is ${other}, which is not in the map`,
            `use one of ${[...all.keys()].join(", ")}`,
          ),
        ),
        ...faultIf(
          folder?.split("/").includes("..") ?? false,
          `${path}.path`,
          `is ${folder}, which leaves the repository`,
          "write a path from the root",
        ),
        ...numbers,
      ];
    }),
  ];
}

function cycleIn(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const visit = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    for (const next of edges.get(name) ?? []) {
      const found = visit(next, [...trail, name]);
      if (found) return found;
    }
    return undefined;
  };
  for (const name of edges.keys()) {
    const found = visit(name, []);
    if (found) return found;
  }
  return undefined;
}

function substitutes(inputs: Inputs): readonly Fault[] {
  return entries(inputs, "kustomizations").flatMap(([name, value]) => {
    const path = `kustomizations.${name}.postBuild`;
    const names = entries(value, "postBuild", "substitute").flatMap(([variable]) =>
      faultIf(
        !/^[_A-Za-z][_A-Za-z0-9]*$/.test(variable),
        `${path}.substitute.${variable}`,
        "is no variable name that Flux takes",
        "use letters, digits and underscores",
      ),
    );
    const sources = list(value, "postBuild", "substituteFrom").flatMap((source, index) => {
      const kind = text(source, "kind");
      return faultIf(
        kind !== undefined && kind !== "ConfigMap" && kind !== "Secret",
        `${path}.substituteFrom[${index}].kind`,
        `is ${kind}`,
        "write ConfigMap or Secret",
      );
    });
    return [...names, ...sources];
  });
}

function secrets(inputs: Inputs): readonly Fault[] {
  return entries(inputs, "configurationProtectedSettings").flatMap(([name, secret]) => {
    const value = text(secret);
    const wrong = value !== undefined && (value === "" || Buffer.from(value, "base64").toString("base64") !== value);
    return faultIf(wrong, `configurationProtectedSettings.${name}`, "is not base64", "encode it");
  });
}

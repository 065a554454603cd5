import type { ValidatingPolicy } from "../imports/policies.kyverno.io";
import { Component, type Scope } from "./component";
import { EXCLUDED_NAMESPACES } from "./kyverno";
import { add } from "./object";

/**
 * Where images may come from beside the fleet's own registry: a host, or a host and a path. `mcr.microsoft.com` carries what
 * AKS injects (the mesh's proxy, workload identity); the `ghcr.io` publishers are those of the platform's own charts.
 */
export const PUBLIC_REGISTRIES = [
  "docker.io/library",
  "ghcr.io/external-secrets",
  "ghcr.io/kyverno",
  "ghcr.io/stakater",
  "mcr.microsoft.com",
  "quay.io",
  "registry.k8s.io",
] as const;

/** Props of {@link KyvernoPolicies}. */
export interface KyvernoPoliciesProps {
  /** Host of the fleet's own registry, for example `acrk8sdemo.azurecr.io`. */
  readonly registry: string;
  /** Hosts (`quay.io`), or hosts with a path (`docker.io/library`), that images may come from too. @default {@link PUBLIC_REGISTRIES} */
  readonly publicRegistries?: readonly string[];
}

/**
 * What a workload must be to run here. Each policy looks at pods, and by Kyverno's autogen at what creates them, so that a
 * mistake is refused where it was made (the Deployment), not in an event of a ReplicaSet.
 */
export class KyvernoPolicies extends Component {
  constructor(scope: Scope, props: KyvernoPoliciesProps) {
    super(scope, "kyverno-policies", { dependsOn: ["kyverno"] });
    const places = [props.registry, ...(props.publicRegistries ?? PUBLIC_REGISTRIES)];
    addPolicy(this, "restrict-image-registries", restrictImageRegistries(props.registry, places));
    addPolicy(this, "require-resource-limits", requireResourceLimits());
    addPolicy(this, "disallow-privileged-containers", disallowPrivilegedContainers());
    addPolicy(this, "require-labels", requireLabels());
  }
}

type Spec = ValidatingPolicy["spec"];
/** What differs from one policy to the next. */
type Rule = Required<Pick<Spec, "validationActions" | "failurePolicy" | "variables" | "validations">> &
  Pick<Spec, "matchConditions">;

function addPolicy(component: Component, name: string, rule: Rule): void {
  add<ValidatingPolicy>(component, {
    apiVersion: "policies.kyverno.io/v1",
    kind: "ValidatingPolicy",
    metadata: { name },
    spec: {
      // Autogen only works on a policy with one rule on pods, without object selector and without exclusions; Kyverno adds
      // pods/ephemeralcontainers to it by itself. Sources: kyverno v1.19 pkg/cel/autogen/support.go, pkg/controllers/webhook.
      matchConstraints: {
        namespaceSelector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: EXCLUDED_NAMESPACES }],
        },
        resourceRules: [
          { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] },
        ],
      },
      autogen: { podControllers: { controllers: ["cronjobs", "daemonsets", "deployments", "jobs", "statefulsets"] } },
      ...rule,
    },
  });
}

/**
 * Skips updates that leave the pod's spec as it is: else a pod that is older than the policy could not even lose its
 * finalizer. The API server evaluates this itself, so such an update does not wait for Kyverno. Where there is no old object,
 * the API server has null and Kyverno an empty one.
 */
const CHANGES_THE_SPEC = [
  {
    name: "changes-the-spec",
    expression: "oldObject == null || !has(oldObject.kind) || object.spec != oldObject.spec",
  },
] as const;

/**
 * Every list of containers, as autogen can rewrite it: it replaces the text `object.spec` by the path of the pod template,
 * so expressions must not write it otherwise (`object.?spec`). Native sidecars are init containers.
 */
const ALL_CONTAINERS =
  "object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])";

function restrictImageRegistries(own: string, places: readonly string[]): Rule {
  return {
    validationActions: ["Deny"],
    failurePolicy: "Fail",
    matchConditions: CHANGES_THE_SPEC,
    variables: [
      {
        name: "images",
        // An image can be mounted as a volume too (Kubernetes 1.35, on by default).
        expression: `(${ALL_CONTAINERS}).map(c, c.?image.orValue("")) + object.spec.?volumes.orValue([]).filter(v, has(v.image)).map(v, v.image.?reference.orValue(""))`,
      },
      {
        name: "foreign",
        // The reference is parsed, not compared as text: `nginx` is `docker.io/library/nginx` as for containerd, a host with a
        // port is another host, and the slash after the host keeps `quay.io.example.com/x` from passing for quay.io.
        expression: `variables.images.filter(i, !(isImage(i) && ${celList(places.map(prefix))}.exists(place, (parseImageReference(i).registry() + "/" + parseImageReference(i).repository()).startsWith(place))))`,
      },
    ],
    validations: [
      {
        expression: "size(variables.foreign) == 0",
        message: `Images must come from ${places.join(", ")}.`,
        messageExpression: `"image " + variables.foreign.join(", ") + ${celString(
          ` is not from an allowed registry (${places.join(", ")}). Copy it: az acr import --name ${own.split(".")[0]} --source <image>, then use ${own}/<name>:<tag>.`,
        )}`,
      },
    ],
  };
}

/** The parser's name for Docker Hub is `index.docker.io`. The slash ends the host, or the last part of the path. */
function prefix(place: string): string {
  return `${place.replace(/^docker\.io(?=\/|$)/, "index.docker.io").replace(/\/+$/, "")}/`;
}

const RESOURCES = ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"] as const;

/**
 * Ephemeral containers are left out: Kubernetes lets them have no resources at all, so requiring them would forbid
 * `kubectl debug`. Source: kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers.
 * Containers that the mesh injects are left out: their resources are the add-on's, a team cannot set them.
 */
function requireResourceLimits(): Rule {
  const has = RESOURCES.map((path) => `c.?resources.${path.replace(/\w+/g, "?$&")}.hasValue()`).join(" && ");
  return {
    validationActions: ["Deny"],
    failurePolicy: "Fail",
    matchConditions: CHANGES_THE_SPEC,
    variables: [
      {
        name: "unlimited",
        expression: `(object.spec.containers + object.spec.?initContainers.orValue([])).filter(c, !(${has} || c.?image.orValue("").startsWith("mcr.microsoft.com/oss/istio/"))).map(c, c.name)`,
      },
    ],
    validations: [
      {
        expression: "size(variables.unlimited) == 0",
        message: "Every container needs requests and limits.",
        messageExpression: `"container " + variables.unlimited.join(", ") + ${celString(
          ` needs resources: set ${RESOURCES.join(", ")} of each container and init container.`,
        )}`,
      },
    ],
  };
}

function disallowPrivilegedContainers(): Rule {
  return {
    validationActions: ["Deny"],
    failurePolicy: "Fail",
    matchConditions: CHANGES_THE_SPEC,
    variables: [
      {
        name: "privileged",
        expression: `(${ALL_CONTAINERS}).filter(c, c.?securityContext.?privileged.orValue(false)).map(c, c.name)`,
      },
    ],
    validations: [
      {
        expression: "size(variables.privileged) == 0",
        message: "Containers must not be privileged.",
        messageExpression: `"container " + variables.privileged.join(", ") + " is privileged, so it is root on the node: remove securityContext.privileged, and ask for single capabilities instead."`,
      },
    ],
  };
}

const LABELS = ["app", "version"] as const;

/** Audited, not denied, so it need not be up for a pod to start. The mesh's telemetry and Kiali read both labels. */
function requireLabels(): Rule {
  const missing = LABELS.map(
    (label) =>
      `(has(object.metadata) && has(object.metadata.labels) && ${celString(label)} in object.metadata.labels && object.metadata.labels[${celString(label)}] != "" ? [] : [${celString(label)}])`,
  );
  return {
    validationActions: ["Audit"],
    failurePolicy: "Ignore",
    variables: [{ name: "missing", expression: missing.join(" + ") }],
    validations: [
      {
        expression: "size(variables.missing) == 0",
        message: "Pods need the labels app and version.",
        messageExpression: `"the pod lacks the label " + variables.missing.join(", ") + ": set it in the pod template's metadata.labels."`,
      },
    ],
  };
}

/** A string as CEL writes it. JSON's escapes are a subset of CEL's. */
function celString(text: string): string {
  return JSON.stringify(text);
}

function celList(items: readonly string[]): string {
  return `[${items.map(celString).join(", ")}]`;
}

import type { ValidatingPolicy } from "../../imports/policies.kyverno.io";

type Spec = ValidatingPolicy["spec"];

/** What differs from one policy to the next. Expressions read the pod, or the template of one, as `variables.pod`. */
export interface Rule
  extends Required<Pick<Spec, "validationActions" | "failurePolicy" | "variables" | "validations">>,
    Pick<Spec, "matchConditions" | "webhookConfiguration"> {}

/** Every list of containers. Native sidecars are init containers. */
const ALL_CONTAINERS =
  "variables.pod.spec.containers + variables.pod.spec.?initContainers.orValue([]) + variables.pod.spec.?ephemeralContainers.orValue([])";

/**
 * Skips updates that leave the spec as it is: else a pod that is older than the policy could not even lose its finalizer. The API
 * server evaluates this itself, so such an update does not wait for Kyverno. Where there is no old object, the API server has
 * null and Kyverno an empty one.
 */
const CHANGES_THE_SPEC = [
  {
    name: "changes-the-spec",
    expression: "oldObject == null || !has(oldObject.kind) || object.spec != oldObject.spec",
  },
] as const;

/** Images come from the fleet's registry or from a place on the list. */
export function restrictImageRegistries(own: string, places: readonly string[]): Rule {
  return {
    validationActions: ["Deny"],
    failurePolicy: "Fail",
    matchConditions: CHANGES_THE_SPEC,
    variables: [
      {
        name: "images",
        // An image can be mounted as a volume too (Kubernetes 1.35, on by default).
        expression: `(${ALL_CONTAINERS}).map(c, c.?image.orValue("")) + variables.pod.spec.?volumes.orValue([]).filter(v, has(v.image)).map(v, v.image.?reference.orValue(""))`,
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
 * Containers that the mesh injects are left out too: their resources are the add-on's, a team cannot set them.
 */
export function requireResourceLimits(): Rule {
  const has = RESOURCES.map((path) => `c.?resources.${path.replace(/\w+/g, "?$&")}.hasValue()`).join(" && ");
  return {
    validationActions: ["Deny"],
    failurePolicy: "Fail",
    matchConditions: [
      ...CHANGES_THE_SPEC,
      {
        name: "not-only-debugged",
        expression: '!has(request.subResource) || request.subResource != "ephemeralcontainers"',
      },
    ],
    variables: [
      {
        name: "unlimited",
        expression: `(variables.pod.spec.containers + variables.pod.spec.?initContainers.orValue([])).filter(c, !(${has} || c.?image.orValue("").startsWith("mcr.microsoft.com/oss/istio/"))).map(c, c.name)`,
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

/** No container is root on its node. */
export function disallowPrivilegedContainers(): Rule {
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
export function requireLabels(): Rule {
  const missing = `${celList(LABELS)}.filter(l, variables.pod.?metadata.?labels[?l].orValue("") == "")`;
  return {
    validationActions: ["Audit"],
    failurePolicy: "Ignore",
    // What only takes notes must not hold up every pod for the default of ten seconds when Kyverno does not answer.
    webhookConfiguration: { timeoutSeconds: 2 },
    variables: [{ name: "missing", expression: missing }],
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

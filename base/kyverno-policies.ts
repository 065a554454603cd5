import type { ValidatingPolicy } from "../imports/policies.kyverno.io";
import { Component, type Scope } from "./component";
import { EXCLUDED_NAMESPACES } from "./kyverno";
import {
  disallowPrivilegedContainers,
  type Rule,
  requireLabels,
  requireResourceLimits,
  restrictImageRegistries,
} from "./kyverno-policies/rules";
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
 * What a workload must be to run here. Each policy looks at pods and at what creates them, so that a mistake is refused where it
 * was made (the Deployment), not in an event of a ReplicaSet.
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

/**
 * Kinds with a pod in them are listed, not left to Kyverno's autogen: autogen works only on a policy with the one resource
 * `pods`, and in such a policy the webhook is not called for `pods/ephemeralcontainers`, so that `kubectl debug` would go around
 * it. Sources: kyverno v1.19 pkg/cel/autogen/support.go and pkg/controllers/webhook/validating.go.
 */
const PODS_AND_CONTROLLERS = [
  resources("", ["pods", "pods/ephemeralcontainers"]),
  resources("apps", ["daemonsets", "deployments", "statefulsets"]),
  resources("batch", ["cronjobs", "jobs"]),
];

function resources(group: string, names: readonly string[]) {
  return { apiGroups: [group], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: names };
}

/** The pod, or the template of one. */
const POD = {
  name: "pod",
  expression:
    'object.kind == "Pod" ? object : object.kind == "CronJob" ? object.spec.jobTemplate.spec.template : object.spec.template',
} as const;

function addPolicy(component: Component, name: string, rule: Rule): void {
  add<ValidatingPolicy>(component, {
    apiVersion: "policies.kyverno.io/v1",
    kind: "ValidatingPolicy",
    metadata: { name },
    spec: {
      matchConstraints: {
        namespaceSelector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: EXCLUDED_NAMESPACES }],
        },
        resourceRules: PODS_AND_CONTROLLERS,
      },
      ...rule,
      variables: [POD, ...rule.variables],
    },
  });
}

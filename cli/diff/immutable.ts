import { isJson, valueAt } from "../validate/types";
import { type Delta, kindOf } from "./entry";
import type { FieldChange } from "./model";
import { isUnder } from "./values";

/** Fields that the API server does not let change, by kind; `except` names what it lets change below them. */
interface Fixed {
  readonly fields: readonly string[];
  readonly except?: readonly string[];
}

const SELECTOR: Fixed = { fields: ["spec.selector"] };
const ROLE_REF: Fixed = { fields: ["roleRef"] };
const WHOLE_SPEC: Fixed = { fields: ["spec"] };

/**
 * Sources: k8s.io/kubernetes pkg/apis/<group>/validation (ValidateDeploymentUpdate, ValidateStatefulSetUpdate, ValidateJobUpdate,
 * ValidateStorageClassUpdate, ValidatePersistentVolumeClaimUpdate, ValidatePriorityClassUpdate, …), apiextensions validation, and CEL
 * rules of Karpenter's CRDs.
 */
const FIXED: Readonly<Record<string, Fixed>> = {
  "apps/Deployment": SELECTOR,
  "apps/DaemonSet": SELECTOR,
  "apps/ReplicaSet": SELECTOR,
  "apps/StatefulSet": {
    fields: ["spec"],
    except: [
      "spec.replicas",
      "spec.ordinals",
      "spec.template",
      "spec.updateStrategy",
      "spec.revisionHistoryLimit",
      "spec.persistentVolumeClaimRetentionPolicy",
      "spec.minReadySeconds",
    ],
  },
  "batch/Job": {
    fields: ["spec.selector", "spec.template", "spec.completions", "spec.completionMode", "spec.podFailurePolicy"],
  },
  "rbac.authorization.k8s.io/RoleBinding": ROLE_REF,
  "rbac.authorization.k8s.io/ClusterRoleBinding": ROLE_REF,
  "storage.k8s.io/StorageClass": { fields: ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"] },
  "storage.k8s.io/CSIDriver": { fields: ["spec.attachRequired", "spec.fsGroupPolicy", "spec.volumeLifecycleModes"] },
  "/PersistentVolumeClaim": {
    fields: ["spec"],
    except: ["spec.resources.requests", "spec.volumeAttributesClassName"],
  },
  "/Pod": {
    fields: ["spec"],
    except: ["spec.containers", "spec.initContainers", "spec.activeDeadlineSeconds", "spec.tolerations"],
  },
  "/ResourceQuota": { fields: ["spec.scopes", "spec.scopeSelector"] },
  "/Secret": { fields: ["type"] },
  "scheduling.k8s.io/PriorityClass": { fields: ["value", "preemptionPolicy"] },
  "networking.k8s.io/IngressClass": { fields: ["spec.controller"] },
  "node.k8s.io/RuntimeClass": { fields: ["handler"] },
  "discovery.k8s.io/EndpointSlice": { fields: ["addressType"] },
  "apiextensions.k8s.io/CustomResourceDefinition": {
    fields: ["spec.group", "spec.scope", "spec.names.kind", "spec.names.plural"],
  },
  "certificates.k8s.io/CertificateSigningRequest": WHOLE_SPEC,
  "karpenter.sh/NodePool": {
    fields: ["spec.template.spec.nodeClassRef.group", "spec.template.spec.nodeClassRef.kind"],
  },
};

/** The fields of a change that the API server refuses. */
export function immutableFields(delta: Delta): readonly FieldChange[] {
  if (!delta.before || !delta.after || delta.status === "renamed") return [];
  const fixed = FIXED[kindOf(delta.ref)];
  const found = delta.fields.filter(({ path }) => fixed !== undefined && isFixed(path, fixed));
  return [...found, ...special(delta)];
}

function isFixed(path: string, { fields, except = [] }: Fixed): boolean {
  return fields.some((field) => isUnder(path, field)) && !except.some((field) => isUnder(path, field));
}

/** What depends on values. */
function special(delta: Delta): readonly FieldChange[] {
  switch (kindOf(delta.ref)) {
    case "/ConfigMap":
    case "/Secret": {
      if (valueAt(delta.before?.content, "immutable") !== true) return [];
      return delta.fields.filter(({ path }) =>
        ["data", "binaryData", "stringData", "immutable"].some((field) => isUnder(path, field)),
      );
    }
    case "/Service": {
      // It may be left out, since the API server then keeps it; to ExternalName it is dropped.
      if (valueAt(delta.after?.content, "spec", "type") === "ExternalName") return [];
      return delta.fields.filter(
        ({ path, before, after }) =>
          isUnder(path, "spec.clusterIP") &&
          before !== undefined &&
          after !== undefined &&
          before !== "" &&
          !isJson(after),
      );
    }
    case "/PersistentVolumeClaim":
      return delta.fields.filter((change) => isUnder(change.path, "spec.resources.requests") && shrinks(change));
    case "karpenter.sh/NodePool":
      // A static pool cannot become a dynamic one, nor the other way round.
      return delta.fields.filter(
        ({ path, before, after }) => path === "spec.replicas" && (before === undefined) !== (after === undefined),
      );
    default:
      return [];
  }
}

function shrinks({ before, after }: FieldChange): boolean {
  const one = quantity(before);
  const other = quantity(after);
  return one !== undefined && other !== undefined && other < one;
}

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
}; // biome-ignore format: a table

/** A quantity of Kubernetes as a number: `500m`, `2Gi`, `1e3`; undefined for anything else. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(value);
  return match ? Number(match[1]) * (FACTORS[match[2] ?? ""] ?? 1) : undefined;
}

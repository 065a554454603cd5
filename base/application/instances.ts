import { tagOf } from "./image";
import type { ApplicationProps, Instance } from "./props";

/** Labels that select all pods of an application. */
export function applicationLabels(application: Pick<ApplicationProps, "name">): Readonly<Record<string, string>> {
  return { app: application.name };
}

/**
 * Labels that select the pods of one Deployment. A Deployment's selector cannot be changed, and a subset by version would be
 * empty while a new version rolls out, so neither can hold the version.
 */
export function instanceLabels(
  application: Pick<ApplicationProps, "name">,
  instance: Pick<Instance, "name">,
): Readonly<Record<string, string>> {
  return { ...applicationLabels(application), "app.kubernetes.io/instance": instance.name };
}

/** The Deployments of an application. The canary starts with its share of the fewest pods. */
export function instancesOf(
  application: Pick<ApplicationProps, "name" | "image" | "replicas" | "canary">,
): readonly Instance[] {
  const { name, image, replicas, canary } = application;
  const stable: Instance = { name, subset: "stable", image, version: tagOf(image) ?? "", replicas };
  if (!canary) return [stable];
  const min = Math.max(1, Math.ceil((replicas.min * canary.weight) / 100));
  return [
    stable,
    {
      name: `${name}-canary`,
      subset: "canary",
      image: canary.image,
      version: tagOf(canary.image) ?? "",
      replicas: { min, max: replicas.max },
    },
  ];
}

/** A Deployment that something else may scale, and within which bounds. */
export interface ScaledDeployment {
  /** Name of the Deployment, of its HorizontalPodAutoscaler and of its container. */
  readonly name: string;
  readonly namespace: string;
  readonly replicas: Instance["replicas"];
}

/** The Deployments of an application, for what scales them at night. */
export function scaledDeploymentsOf(application: ApplicationProps): readonly ScaledDeployment[] {
  return instancesOf(application).map(({ name, replicas }) => ({ name, namespace: application.namespace, replicas }));
}

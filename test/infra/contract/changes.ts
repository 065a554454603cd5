import type { RenderedCluster, Sides } from "../../../infra/contract";

/** A change on one side. */
export type Change = (given: Sides) => Sides;

/** A copy of a value with one text in place of another, everywhere. */
export function replaced<T>(value: T, from: string, to: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to)) as T;
}

/** Puts one text in place of another in everything that is delivered. */
export function inManifests(from: string, to: string): Change {
  return (given) => ({ ...given, rendered: replaced(given.rendered, from, to) });
}

/** Puts one text in place of another in everything that is provisioned. */
export function inAzure(from: string, to: string): Change {
  return (given) => ({ ...given, resources: replaced(given.resources, from, to) });
}

/** Renames a service account and who runs as it, and nothing else of that name. */
export function renamedAccount(from: string, to: string): Change {
  return (given) => ({
    ...given,
    rendered: given.rendered.map((cluster) => ({
      ...cluster,
      components: cluster.components.map((component) => ({
        ...component,
        objects: component.objects.map((object) => {
          const renamed = replaced(object, `"serviceAccountName":"${from}"`, `"serviceAccountName":"${to}"`);
          return object.kind === "ServiceAccount" && object.metadata.name === from
            ? { ...renamed, metadata: { ...object.metadata, name: to } }
            : renamed;
        }),
      })),
    })),
  });
}

/** Federated credentials of app2 that trust the issuer of app1. */
export function otherIssuer(given: Sides): Sides {
  const issuers = given.resources.filter(
    ({ type, name }) => type.endsWith(":FederatedIdentityCredential") && /-(app1|app2)-/.test(name),
  );
  const of = (cluster: string) => String(issuers.find(({ name }) => name.includes(`-${cluster}-`))?.inputs["issuer"]);
  return {
    ...given,
    resources: given.resources.map((resource) =>
      resource.type.endsWith(":FederatedIdentityCredential") ? replaced(resource, of("app2"), of("app1")) : resource,
    ),
  };
}

function withoutComponent(rendered: readonly RenderedCluster[], component: string): readonly RenderedCluster[] {
  return rendered.map((cluster) => ({
    ...cluster,
    components: cluster.components.filter(({ name }) => name !== component),
  }));
}

/** Leaves one component of every cluster out. */
export function without(component: string): Change {
  return (given) => ({ ...given, rendered: withoutComponent(given.rendered, component) });
}

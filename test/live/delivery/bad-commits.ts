import type { Live } from "../../../cli/live/up";
import type { Application } from "./application";
import { exchanged, patched } from "./edit";

/** A commit that nobody should have made. */
export interface BadCommit {
  readonly what: string;
  /** The component that cannot be applied. */
  readonly component: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the status has to name, for a person to know where to look. */
  readonly says: readonly RegExp[];
}

/** How many of the {@link badCommits} a bounded run looks at. */
export const TELLING = 6;

/**
 * Bad commits of every sort, the telling ones first. Most also change the application's Deployment for the good, which must not be rolled
 * out by halves.
 */
export function badCommits(live: Live, cluster: string, app: Application): readonly BadCommit[] {
  const { name, component, deployment, folder } = app;
  const good = patched(live, deployment, { spec: { template: { metadata: { annotations: { bad: "commit" } } } } });
  const service = `${folder}/service.${name}.${name}.yaml`;
  const account = `${folder}/serviceaccount.${name}.${name}.yaml`;
  const added = `${folder}/gadget.yaml`;
  const manifest = (apiVersion: string, kind: string, namespace: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: gadget, namespace: ${namespace}}\n`;
  const inApplication = (what: string, files: Readonly<Record<string, string>>, ...says: readonly RegExp[]) => ({
    what,
    component,
    files: { ...good, ...files },
    says,
  });
  const called = new RegExp(`Service/${name}/${name}`);
  return [
    inApplication(
      "a value that the schema refuses",
      exchanged(live, service, "port: 80", "port: 70000"),
      called,
      /70000/,
    ),
    inApplication(
      "an unknown kind",
      { [added]: manifest("example.com/v1", "Gadget", name) },
      /Gadget\/.*gadget/,
      /no matches/,
    ),
    inApplication("no YAML", { [service]: "apiVersion: v1\nkind: [Service\n" }, /service\./, /yaml|YAML/),
    inApplication(
      "a variable of a ConfigMap that is not there",
      exchanged(live, kustomizationOf(cluster, component), "name: cluster-vars", "name: no-vars"),
      /no-vars/,
      /not found/,
    ),
    {
      what: "a field that cannot be changed",
      component,
      files: exchanged(live, deployment, "      app.kubernetes.io/instance: ", "      app.kubernetes.io/part-of: "),
      says: [new RegExp(`Deployment/${name}/${name}`), /immutable|does not match/],
    },
    {
      what: "a pod that a policy forbids",
      component,
      files: exchanged(live, deployment, ".azurecr.io/", ".example.com/"),
      says: [new RegExp(`Deployment/${name}/${name}`), /restrict-image-registries/, /not from an allowed registry/],
    },
    inApplication(
      "text where a number belongs",
      exchanged(live, service, "port: 80", "port: eighty"),
      called,
      /eighty|port/,
    ),
    inApplication(
      "a namespace that nobody made",
      { [added]: manifest("v1", "ConfigMap", "nowhere") },
      /ConfigMap\/nowhere\/gadget/,
      /not found/,
    ),
    inApplication(
      "a reference that is no variable",
      exchanged(live, account, "${", "${not a variable "),
      /substitut/,
      new RegExp(name),
    ),
  ];
}

function kustomizationOf(cluster: string, component: string): string {
  return `dist/${cluster}/flux-system/kustomization.flux-system.${component}.yaml`;
}

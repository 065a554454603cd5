import { type CorpusCase, container } from "./case";
import { edit, without } from "./edit";

/** What is released: charts and images. */
export const RELEASES: readonly CorpusCase[] = [
  {
    name: "upgrade a chart by a minor version",
    after: () =>
      edit(/ocirepository.*kyverno/, (o) => {
        o.spec.ref.tag = "3.10.0";
      }),
    expected: ["notice version/chart-minor app1 app2"],
  },
  {
    name: "upgrade a chart by a major version",
    after: () =>
      edit(/ocirepository.*cert-manager/, (o) => {
        o.spec.ref.tag = "v2.0.0";
      }),
    expected: ["warning version/chart-major app1 mgmt"],
  },
  {
    name: "roll a chart back",
    after: () =>
      edit(/app1.*ocirepository.*reloader/, (o) => {
        o.spec.ref.tag = "2.2.0";
      }),
    expected: ["danger version/chart-downgrade app1"],
  },
  {
    name: "change a chart's values",
    after: () =>
      edit(/helmrelease.*reloader/, (o) => {
        o.spec.values.more = true;
      }),
    expected: ["notice helm/values app1 app2"],
  },
  {
    name: "install a chart into another namespace",
    after: () =>
      edit(/mgmt.*helmrelease.*kiali/, (o) => {
        o.spec.targetNamespace = "observability";
      }),
    expected: ["danger helm/release-moved mgmt"],
  },
  {
    name: "release a new image",
    after: () =>
      edit(/deployment\.storefront\.storefront\.yaml/, (o) => {
        container(o).image = "acrk8sdemo7f3a.azurecr.io/storefront:2.5.0";
      }),
    expected: ["notice workload/image app1"],
  },
  {
    name: "take an image from another registry, by a tag that moves",
    after: () =>
      edit(/deployment\.ledger/, (o) => {
        container(o).image = "docker.io/evil/ledger:latest";
      }),
    expected: [
      "notice workload/image app2",
      "warning workload/image-registry app2",
      "warning workload/image-unpinned app2",
    ],
  },
  {
    name: "remove a component",
    after: () => without(/app1\/reloader\/|app1\/flux-system\/kustomization\.flux-system\.reloader/),
    expected: ["danger helm/uninstalled app1", "danger prune/protected-kind app1"],
  },
];

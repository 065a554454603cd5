import { accepts, reports } from "../support";

describe("zones are refused", () => {
  reports([
    [
      "a zone that no region has",
      { "clusters.2.zones": ["4"] },
      "clusters[2] (app2).zones[0]",
      '"4"',
      '"1", "2" or "3"',
    ],
    [
      "a zone twice",
      { "clusters.2.zones": ["1", "2", "1"] },
      "clusters[2] (app2).zones[2]",
      "listed already",
      "remove",
    ],
    [
      "a zone of a region without",
      { region: "koreasouth", "clusters.0.zones": [], "clusters.1.zones": [], "clusters.2.zones": ["1"] },
      "clusters[2] (app2).zones[0]",
      '"1" is not a zone of koreasouth, which has none',
      "zones: []",
    ],
    [
      "a region that is not known",
      { region: "koreacentrl" },
      "region",
      '"koreacentrl"',
      'did you mean "koreacentral"?',
    ],
  ]);
});

describe("zones are accepted", () => {
  accepts([
    ["none", { "clusters.2.zones": [] }],
    ["some, in any order", { "clusters.2.zones": ["3", "1"] }],
  ]);
});

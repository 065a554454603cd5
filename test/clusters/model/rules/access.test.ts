import { accepts, demo, problems, reports } from "../support";

describe("a way to the API servers is refused", () => {
  reports([
    [
      "private without a way in",
      { "clusters.0.network.bastion": undefined, "clusters.0.network.jumpHost": undefined },
      "api.access",
      "nobody would reach the API servers",
      "jumpHost",
    ],
    [
      "Bastion without a jump host",
      { "clusters.0.network.jumpHost": undefined },
      "clusters[0] (mgmt).network.bastion",
      "is there without jumpHost",
      "add jumpHost",
    ],
    [
      "a jump host without Bastion",
      { "clusters.0.network.bastion": undefined },
      "clusters[0] (mgmt).network.jumpHost",
      "is there without bastion",
      "add bastion",
    ],
    [
      "authorized ranges on a private API",
      { "api.authorizedRanges": ["203.0.113.0/24"] },
      "api.authorizedRanges",
      "do not apply to a private API",
      "remove authorizedRanges",
    ],
    ["public for everybody", { "api.authorizedRanges": [] }, "api.authorizedRanges", "is empty", "list the", demo],
    [
      "public without ranges",
      { "api.authorizedRanges": undefined },
      "api.authorizedRanges",
      "is missing",
      "a list of IPv4 ranges",
      demo,
    ],
    [
      "public for every address",
      { "api.authorizedRanges": ["0.0.0.0/0"] },
      "api.authorizedRanges[0]",
      "every address",
      "list the addresses",
      demo,
    ],
    [
      "a private authorized range",
      { "api.authorizedRanges": ["192.168.1.0/24"] },
      "api.authorizedRanges[0]",
      "not routed on the internet",
      "public address",
      demo,
    ],
    [
      "an authorized range twice",
      { "api.authorizedRanges": ["203.0.113.0/24", "203.0.113.0/24"] },
      "api.authorizedRanges[1]",
      "listed already",
      "remove",
      demo,
    ],
    [
      "more authorized ranges than AKS takes",
      { "api.authorizedRanges": Array.from({ length: 201 }, (_, index) => `203.0.113.${index}/32`) },
      "api.authorizedRanges",
      "at most 200",
      "join",
      demo,
    ],
    [
      "an authorized range that is none",
      { "api.authorizedRanges": ["203.0.113.0"] },
      "api.authorizedRanges[0]",
      'is "203.0.113.0", not an IPv4 range',
      "203.0.113.0/24",
      demo,
    ],
    ["another way", { "api.access": "hidden" }, "api.access", '"hidden"', '"private" or "public"'],
  ]);
});

test("a malformed Bastion subnet is not also a missing one", () => {
  expect(problems({ "clusters.0.network.bastion": "10.1.100.0" })).toEqual([expect.stringContaining("bastion is")]);
});

describe("a way to the API servers is accepted", () => {
  accepts([
    [
      "a way in by another cluster",
      {
        "clusters.0.network.bastion": undefined,
        "clusters.0.network.jumpHost": undefined,
        "clusters.1.network.bastion": "10.2.100.0/26",
        "clusters.1.network.jumpHost": "10.2.101.0/28",
      },
    ],
    ["one address", { "api.authorizedRanges": ["203.0.113.7/32"] }, demo],
  ]);
});

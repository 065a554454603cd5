import { REGIONS } from "../../../clusters/model";
import { problems, reports } from "./support";

describe("a shape is refused in words of the fleet", () => {
  reports([
    ["a missing part", { domain: undefined }, "domain", "is missing", 'write for example "example.com"'],
    ["a missing section", { budget: undefined }, "budget", "is missing", "a budget with monthlyUsd"],
    ["a misspelt property", { timezone: "x" }, "timezone", "is not a property of a fleet", "did you mean timeZone?"],
    [
      "a property of nowhere",
      { "clusters.1.network.banana": 1 },
      "clusters[1] (app1).network.banana",
      "is not a property of a cluster's network",
      "remove it; a cluster's network has vnet, nodes",
    ],
    [
      "a property that every object has",
      { "clusters.1.network.constructor": 1 },
      "clusters[1] (app1).network.constructor",
      "is not a property",
      "remove it",
    ],
    ["a list for an object", { git: [] }, "git", "is a list, not an object, a Git source", "url, branch"],
    ["nothing for an object", { git: null }, "git", "is null, not an object", "a Git source with"],
    ["a number for text", { name: 5 }, "name", "is 5, not text", 'write for example "k8s-demo"'],
    [
      "text for a number",
      { "clusters.1.pools.system.count": "3" },
      "clusters[1] (app1).pools.system.count",
      '"3"',
      "without quotes",
    ],
    [
      "text for a choice",
      { "clusters.2.applications.0.meshed": "no" },
      "clusters[2] (app2).applications[0] (ledger).meshed",
      '"no"',
      "true or false",
    ],
    [
      "a choice that is none",
      { tier: "Basic" },
      "tier",
      '"Basic", which is not accepted',
      '"Free", "Standard" or "Premium"',
    ],
    [
      "a range that is none",
      { "clusters.1.network.vnet": "10.2.0.0/33" },
      "clusters[1] (app1).network.vnet",
      "not an IPv4 range",
      '"10.1.0.0/16"',
    ],
    [
      "an address that is none",
      { "clusters.1.network.dnsServiceIp": "10.2" },
      "clusters[1] (app1).network.dnsServiceIp",
      "not an IPv4 address",
      "172.16.0.10",
    ],
  ]);
});

test("two unknown properties of one object are two problems", () => {
  expect(problems({ "git.tag": "x", "git.brnch": "y" })).toEqual([
    "git.tag is not a property of a Git source",
    "git.brnch is not a property of a Git source",
  ]);
});

test("an unknown region lists those that are known", () => {
  expect(problems({ region: "mars" })).toHaveLength(1);
  expect(Object.keys(REGIONS)).toContain("koreacentral");
});

test("text with line breaks does not break a message", () => {
  expect(problems({ tier: "a\nb", ["x\ny"]: 1 })).toEqual([
    '["x\\ny"] is not a property of a fleet',
    expect.stringContaining('tier is "a\\nb", which is not accepted'),
  ]);
});

import { FleetError } from "../../../clusters/model";
import { pathText } from "../../../clusters/model/problem";

const input = {
  clusters: [
    { name: "mgmt", applications: [{ namespace: "shop" }], mesh: { hosts: { "my host": "x" } } },
    { name: "a\nb" },
    5,
  ],
};

test.each([
  [[], "the fleet"],
  [["name"], "name"],
  [["clusters", 0, "network", "nodes"], "clusters[0] (mgmt).network.nodes"],
  [["clusters", 0, "applications", 0], "clusters[0] (mgmt).applications[0] (shop)"],
  [["clusters", 0, "mesh", "hosts", "my host"], 'clusters[0] (mgmt).mesh.hosts["my host"]'],
  [["clusters", 1, "name"], "clusters[1].name"],
  [["clusters", 2, "name"], "clusters[2].name"],
  [["clusters", 7, "name"], "clusters[7].name"],
  [["__proto__", "toString"], "__proto__.toString"],
])("%j is read as %s", (path, text) => {
  expect(pathText(input, path)).toBe(text);
});

test("the message lists every problem with its fix", () => {
  const problems = [
    { path: "name", reason: "is missing", fix: "add it" },
    { path: "clusters[0] (mgmt).zones", reason: "is 5", fix: "write a list" },
  ];
  const error = new FleetError(problems, "clusters/fleet.ts");
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("FleetError");
  expect(error.problems).toBe(problems);
  expect(error.message).toBe(`clusters/fleet.ts has 2 problems

  name
    is missing
    fix: add it

  clusters[0] (mgmt).zones
    is 5
    fix: write a list`);
});

test("one problem is one problem", () => {
  expect(new FleetError([{ path: "name", reason: "is missing", fix: "add it" }], "f.ts").message).toMatch(
    /^f\.ts has 1 problem\n/,
  );
});

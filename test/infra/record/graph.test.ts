import { graphOf, type RecordedResource } from "../../../infra/record";

function resource(name: string, dependencies: readonly string[] = [], parent?: string): RecordedResource {
  return {
    type: "t",
    name,
    urn: name,
    custom: true,
    inputs: {},
    ...(parent ? { parent } : {}),
    dependencies,
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    secrets: [],
  };
}

test("follows dependencies and parents over any distance, and only forwards", () => {
  const [a, b, c, other] = [resource("a"), resource("b", ["a"]), resource("c", [], "b"), resource("other")] as const;
  const graph = graphOf([a, b, c, other]);
  expect(graph.before(a, c)).toBe(true);
  expect(graph.before(c, a)).toBe(false);
  expect(graph.before(other, c)).toBe(false);
  expect(graph.before(a, a)).toBe(false);
});

test("a chain of 1,000 resources is quick", () => {
  const chain = Array.from({ length: 1000 }, (_, index) => resource(`r${index}`, index > 0 ? [`r${index - 1}`] : []));
  const graph = graphOf(chain);
  const [first, last] = [chain[0], chain.at(-1)];
  const started = performance.now();
  expect(first && last && graph.before(first, last)).toBe(true);
  expect(performance.now() - started).toBeLessThan(1500);
});

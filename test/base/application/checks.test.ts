import { checkApplication } from "../../../base/application/checks";
import type { ApplicationInput } from "../../../base/application/props";
import { LEDGER, STOREFRONT } from "./input";

const problemsOf = (props: Partial<ApplicationInput>, of = STOREFRONT) => {
  try {
    checkApplication({ ...of, ...props });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test("takes what is right", () => {
  expect(problemsOf({})).toBe("");
  expect(problemsOf({}, LEDGER)).toBe("");
  expect(problemsOf({ image: "acr.azurecr.io/app:1.2@sha256:0123" })).toBe("");
  for (const weight of [0, 100]) expect(problemsOf({ canary: { image: "a/b:1", weight } })).toBe("");
});

test.each<[string, Partial<ApplicationInput>, string]>([
  ["an image without tag", { image: "acr.azurecr.io/app" }, 'image "acr.azurecr.io/app" has no tag'],
  ["an image with only a digest", { image: "acr.azurecr.io/app@sha256:0123" }, "has no tag"],
  ["the tag latest", { image: "acr.azurecr.io/app:latest" }, "has the tag latest"],
  ["a canary without tag", { canary: { image: "acr.azurecr.io/app", weight: 1 } }, 'canary.image "acr.azurecr.io/app"'],
  ["a tag that is no label value", { image: "acr.azurecr.io/app:_1" }, "cannot be the value of the label version"],
  ["a weight above 100", { canary: { image: "a/b:1", weight: 101 } }, "canary.weight 101 is not a whole percentage"],
  ["a weight below 0", { canary: { image: "a/b:1", weight: -1 } }, "canary.weight -1"],
  ["half a percent", { canary: { image: "a/b:1", weight: 0.5 } }, "canary.weight 0.5"],
  ["a name that is no DNS label", { name: "Store_front" }, 'name "Store_front" is not a DNS label'],
  ["a name too long for its canary", { name: "a".repeat(57) }, "of at most 56 characters"],
  ["a port for root", { port: 80 }, "port 80 cannot be listened on without root"],
  ["no pod", { replicas: { min: 0, max: 3 } }, "replicas.min 0"],
  ["a ceiling below the floor", { replicas: { min: 3, max: 2 } }, "replicas.max 2"],
  ["CPU in megabytes", { resources: { cpu: "250M", memory: "1Gi" } }, 'resources.cpu "250M"'],
  [
    "a CPU limit below the request",
    { resources: { cpu: "2", cpuLimit: "1", memory: "1Gi" } },
    'resources.cpuLimit "1"',
  ],
  ["memory without unit", { resources: { cpu: "1", memory: "256" } }, 'resources.memory "256"'],
])("refuses %s", (_, props, message) => {
  expect(problemsOf(props)).toContain(message);
});

test("a host without the mesh says where to mend it", () => {
  const message = problemsOf({ meshed: false });
  expect(message).toContain('host "shop.example.com" needs the mesh');
  expect(message).toContain("set meshed: true for namespace shop in clusters/fleet.ts");
});

test.each(["canary", "retries", "timeout", "paths"] as const)("%s without host is not silently dropped", (field) => {
  const { host, canary, retries, timeout, ...rest } = STOREFRONT;
  const all = { canary, retries, timeout, paths: ["/*"] };
  expect(problemsOf({ [field]: all[field] }, rest)).toContain(`${field} is only heeded by the gateway`);
});

test("lists every problem at once, with the place of the mistake", () => {
  const message = problemsOf({ port: 80, image: "app:latest", replicas: { min: 0, max: 0 } });
  expect(message.split("\n- ")).toHaveLength(4);
  expect(message).toMatch(/^application shop\/storefront \(in its cluster's overlay, clusters\/<cluster>\.ts\):/);
});

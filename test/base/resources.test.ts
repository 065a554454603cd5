import { resources } from "../../base/resources";

test("limits memory to what is requested, and leaves CPU room to burst", () => {
  expect(resources("25m", "128Mi")).toEqual({
    requests: { cpu: "25m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "128Mi" },
  });
});

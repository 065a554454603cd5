import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Chart, Names } from "cdk8s";
import { Deployment } from "../../base/plus";

test("cdk8s-plus is imported from one file, so that its line can be left by a change of that file", () => {
  const root = join(__dirname, "../..");
  const sources = ["base", "clusters", "cli"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const importers = [...sources, "main.ts"].filter(
    (file) => file.endsWith(".ts") && /from "cdk8s-plus-/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(importers).toEqual([join("base", "plus.ts")]);
});

test("a Deployment takes no hash of its path, and leaves everybody else's alone", () => {
  const chart = new Chart(new App(), "chart");
  const label = Names.toLabelValue(chart);
  const { toLabelValue } = Names;
  const deployment = new Deployment(chart, "one", { select: false, containers: [{ image: "image" }] });
  expect(deployment.podMetadata.getLabel("cdk8s.io/metadata.addr")).toBe("");
  expect(() => new Deployment(chart, "one", {})).toThrow("already");
  expect(Names.toLabelValue).toBe(toLabelValue);
  expect(Names.toLabelValue(chart)).toBe(label);
});

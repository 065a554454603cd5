import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

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

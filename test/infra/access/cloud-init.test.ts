import { execFileSync } from "node:child_process";
import { fleet } from "../../../clusters/fleet";
import { cloudConfig, customData } from "../../../infra/access/cloud-init";

test("the jump host's script is one that bash can read, and stops at the first error", () => {
  const script = cloudConfig(fleet).write_files[0]?.content ?? "";
  expect(script).toMatch(/^#!\/usr\/bin\/env bash\nset -euo pipefail\n/);
  execFileSync("bash", ["-n"], { input: script });
});

test("kubectl is of the clusters' minor version", () => {
  expect(JSON.stringify(cloudConfig(fleet))).toContain(`/v${fleet.kubernetes}/deb`);
});

test("the data is what cloud-init reads, within the 64 KB that Azure takes", () => {
  const text = Buffer.from(customData(fleet), "base64").toString();
  expect(text.startsWith("#cloud-config\n")).toBe(true);
  expect(JSON.parse(text.replace("#cloud-config\n", ""))).toEqual(cloudConfig(fleet));
  expect(customData(fleet).length).toBeLessThan(65_535);
});

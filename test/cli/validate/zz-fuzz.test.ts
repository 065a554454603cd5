import { runKubeconform } from "../../../cli/kubeconform";
import { checkInProcess } from "../../../cli/validate/builtin";
import { readTree } from "../../../cli/validate/tree";
import { withFolder } from "../folder";
import { realKubeconform } from "../kubeconform/real";
import { BROKEN, BROKEN_FOR_US } from "./corpus/broken";
import { GOOD } from "./corpus/good";
import { readFileSync, readdirSync } from "node:fs";
let seed = Number(process.env["SEED"] ?? 1);
const rnd = (n: number) => { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n); };
const bits = ["\n", " ", "  ", "\t", ":", ": ", "- ", "null", "~", "yes", "1", "1.5", "0x1f", "1_0", "\"", "'", "{", "}", "[", "]", "#", " #", "&a ", "*a", "|", ">", "---\n", "...\n", "!!str ", "\\", "%", "@", "`", ",", "?", "? ", "\r", "\u00a0", "\u2028", "é", "true", "[]", "{}", "<<: ", "\u0085", "=", "\\u00e9", "0o7", "1e3", ".5", "-", "+1", "=", "!", "|-\n", "2001-01-01", "\ufeff"];
test("fuzz", async () => {
  const program = await realKubeconform();
  const real = readdirSync("/tmp/vd", { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".yaml")).map((f) => readFileSync("/tmp/vd/" + f, "utf8"));
  const seeds = [...Object.values(GOOD), ...Object.values(BROKEN), ...Object.values(BROKEN_FOR_US), ...real];
  const files: Record<string, string> = {};
  for (let i = 0; i < 20000; i++) {
    let t = seeds[rnd(seeds.length)] ?? "";
    for (let k = 0; k <= rnd(3); k++) {
      const at = rnd(t.length + 1);
      const op = rnd(3);
      const b = bits[rnd(bits.length)] ?? "";
      t = op === 0 ? t.slice(0, at) + b + t.slice(at) : op === 1 ? t.slice(0, at) + t.slice(at + 1 + rnd(6)) : t.slice(0, at) + b + t.slice(at + 1 + rnd(4));
    }
    files[`c/x/f${i}.yaml`] = t;
  }
  await withFolder(files, async (folder) => {
    const tree = readTree(folder);
    const a = await checkInProcess(tree.manifests, "imports/schemas");
    const b = await runKubeconform(folder, { program: program ?? "", schemas: "imports/schemas" });
    const fa = new Map(a.findings.map((f) => [f.file, f])), fb = new Map(b.findings.map((f) => [f.file, f]));
    let n = 0, reader = 0, onlyUs = 0;
    const out: string[] = [];
    for (const m of tree.manifests) {
      const x = fa.get(m.file), y = fb.get(m.file);
      if (m.error !== undefined) { reader++; if (!y) onlyUs++; continue; }
      if (m.documents.length !== 1) continue;
      if (!!x !== !!y) { n++; out.push(`${x ? "US: " + x.path + " " + x.message : "KC: " + y?.path + " " + y?.message}\n${JSON.stringify(files[m.file]?.slice(0, 300))}`); }
    }
    process.stdout.write(`refused us ${fa.size} kc ${fb.size}, reader ${reader} (kc ok: ${onlyUs}), differ ${n}\n${out.slice(0, 60).join("\n\n")}\n`);
    const miss: Record<string, number> = {};
    for (const m of tree.manifests) if (m.error !== undefined && !fb.get(m.file)) miss[m.error.replace(/\d+/g, "N")] = (miss[m.error.replace(/\d+/g, "N")] ?? 0) + 1;
    process.stdout.write(JSON.stringify(miss, null, 1) + "\n");
  });
}, 300000);

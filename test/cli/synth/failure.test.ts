import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyRepository, type Exit, PATIENCE, type Repository, treeOf } from "./repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
let before: Readonly<Record<string, string>>;
const undo: (() => void)[] = [];

const dist = () => join(repository.root, "dist");
function edit(file: string, change: (text: string) => string): void {
  undo.push(repository.edit(file, change));
}

beforeAll(async () => {
  repository = copyRepository();
  expect((await repository.run(["synth"])).code).toBe(0);
  before = treeOf(dist());
});

afterEach(() => {
  for (const back of undo.splice(0).reverse()) back();
});

afterAll(() => repository.remove());

/** Runs a synth that must fail with `code`, and holds that all is as it was. */
async function fails(code: number, args: readonly string[] = []): Promise<Exit> {
  const exit = await repository.run(["synth", ...args]);
  expect({ code: exit.code, stdout: exit.stdout }).toEqual({ code, stdout: "" });
  expect(treeOf(dist())).toEqual(before);
  expect(readdirSync(repository.root).filter((name) => name.startsWith("dist"))).toEqual(["dist"]);
  return exit;
}

describe("an overlay that", () => {
  it("throws is named with its reason, and so is every other one", async () => {
    edit("clusters/mgmt.ts", (text) =>
      text.replace("=> ({})", '=> { throw new Error("no budget for it. Fix: ask"); }'),
    );
    edit("clusters/app2.ts", (text) =>
      text.replace("=> ({", "=> ({ ...(undefined as never as { a: { b: object } }).a.b,"),
    );
    const { stderr } = await fails(1);
    expect(stderr).toBe(
      [
        "The fleet does not render:",
        "clusters/mgmt.ts: no budget for it. Fix: ask",
        "clusters/app2.ts: Cannot read properties of undefined (reading 'a'). Fix: run `npm run typecheck`, which names the line of most such slips",
        "",
      ].join("\n"),
    );
  });

  it("exports nothing is told what to export", async () => {
    edit("clusters/mgmt.ts", () => "export const overlays = 1;\n");
    expect((await fails(1)).stderr).toBe(
      "The fleet does not render:\nclusters/mgmt.ts exports no overlay; add: export const overlay: Overlay = () => ({});\n",
    );
  });

  it("asks for what the fleet's data does not have is told where to add it", async () => {
    edit("clusters/app2.ts", (text) => text.replace('namespace: "ledger"', 'namespace: "cellar"'));
    expect((await fails(1)).stderr).toMatch(
      /^The fleet does not render:\nclusters\/app2\.ts: application ledger is in the namespace cellar, .* Fix: add \{ namespace: "cellar", … \} to `applications` of app2 in clusters\/fleet\.ts/,
    );
  });

  it("renders one object twice is named with its folder", async () => {
    edit("clusters/mgmt.ts", () => component('{ apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } }', 2));
    expect((await fails(1)).stderr).toBe(
      "The fleet does not render:\nmgmt: There is already a Construct with name 'v1:Namespace::a' in Wrong [wrong]\n",
    );
  });

  it("does not compile is shown with its line", async () => {
    edit("clusters/app1.ts", (text) => text.replace('name: "storefront",', "name: ,"));
    const { stderr } = await fails(2);
    expect(stderr).toMatch(/^The sources of "synth" do not compile:\n/);
    expect(stderr).toContain('Unexpected ","');
    expect(stderr).toContain("clusters/app1.ts:8:12:");
  });
});

describe("a fleet that cannot be", () => {
  it("is told all its problems, each with place, reason and fix", async () => {
    edit("clusters/fleet.ts", (text) =>
      text
        .replace('dnsServiceIp: "172.16.0.10"', 'dnsServiceIp: "172.99.0.10"')
        .replace('"Asia/Seoul"', '"Asia/Atlantis"'),
    );
    const { stderr } = await fails(1);
    expect(stderr).toMatch(/^clusters\/fleet\.ts has 2 problems\n/);
    expect(stderr).toMatch(/ {2}timeZone\n {4}.*Asia\/Atlantis.*\n {4}fix: /);
    expect(stderr).toMatch(/ {2}clusters\[0\] \(mgmt\)\.network\.dnsServiceIp\n {4}.*\n {4}fix: /);
  });

  it("is looked for in the preset's own file", async () => {
    edit("clusters/presets/demo.ts", (text) => text.replace('"Asia/Seoul"', '"Asia/Atlantis"'));
    expect((await fails(1, ["--fleet", "demo"])).stderr).toMatch(/^clusters\/presets\/demo\.ts has 1 problem\n/);
  });

  it("for want of an overlay is told the file to make", async () => {
    undo.push(repository.edit("clusters/mgmt.ts", (text) => `${text}\n`));
    rmSync(join(repository.root, "clusters", "mgmt.ts"));
    expect((await fails(1)).stderr).toBe(
      "The fleet does not render:\nclusters/mgmt.ts does not exist, but the fleet has a cluster mgmt; create it with:\n" +
        '  import type { Overlay } from "./overlay";\n  export const overlay: Overlay = () => ({});\n',
    );
  });
});

it("definitions that cannot be read are no fault of the fleet's", async () => {
  edit("imports/origins.json", () => "{");
  expect((await fails(2)).stderr).toMatch(/The imported definitions cannot be read .* Fix: restore imports\/ from Git/);
});

describe("a manifest that the schema refuses", () => {
  const WRONG =
    '{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "wrong", namespace: "istio-system" }, data: { n: 3 } }';
  const REPORT = /mgmt\/wrong\/configmap\.istio-system\.wrong\.yaml.*want.*string/s;

  beforeEach(() => edit("clusters/mgmt.ts", () => component(WRONG)));

  it("fails the run, and is kept to be looked into", async () => {
    const { stderr } = await fails(1);
    expect(stderr).toMatch(REPORT);
    expect(stderr).toMatch(/\ndist is as it was; what was rendered is in build\/rejected\.\n$/);
    const kept = join(repository.root, "build", "rejected", "mgmt", "wrong", "configmap.istio-system.wrong.yaml");
    expect(readFileSync(kept, "utf8")).toContain("'n': 3");
  });

  it("fails a check, too", async () => {
    expect((await fails(1, ["--check"])).stderr).toMatch(REPORT);
  });

  it("is reported where the target is on another disk than build, too", async () => {
    const place = mkdtempSync(join(otherDisk(), "fleet-"));
    try {
      const { stderr } = await fails(1, ["--dist", join(place, "dist")]);
      expect(stderr).toMatch(REPORT);
      expect(stderr).toContain("what was rendered is in build/rejected");
      expect(readdirSync(place)).toEqual([]);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

/** A folder on another disk than the repository's, if there is one here. */
function otherDisk(): string {
  const own = statSync(repository.root).dev;
  return [tmpdir(), "/dev/shm"].find((folder) => existsSync(folder) && statSync(folder).dev !== own) ?? tmpdir();
}

/** An overlay with a component of its own that holds an object. */
function component(object: string, times = 1): string {
  return `
    import { Component, type Scope } from "../base/component";
    import { add } from "../base/object";
    import type { Overlay } from "./overlay";
    class Wrong extends Component {
      constructor(scope: Scope) {
        super(scope, "wrong");
        for (let i = 0; i < ${times}; i += 1) add(this, ${object} as never);
      }
    }
    export const overlay: Overlay = () => ({ extra: (scope) => { new Wrong(scope); } });
  `;
}

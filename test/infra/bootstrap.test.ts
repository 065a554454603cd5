import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "..", "..", "infra", "bootstrap.sh");

/** Stands in for `az` and `pulumi`: remembers what was created, and writes down what would change something. */
const STUB = `#!/usr/bin/env bash
state=$STUB_STATE; mkdir -p "$state"
said="$(basename "$0") $*"
key() { printf '%s' "$*" | tr -c 'a-zA-Z0-9' '_'; }
change() { printf '%s\\n' "$said" >> "$state/changes"; }
named() { local want=$1; shift; while [[ $# -gt 0 ]]; do [[ $1 == "$want" ]] && { printf '%s' "$2"; return; }; shift; done; }
case "$said" in
  "az account show --query id"*) echo 00000000-1111-4222-8333-444444444444 ;;
  "az account show --query tenantId"*) echo 55555555-6666-4777-8888-999999999999 ;;
  "az ad signed-in-user show"*) echo aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee ;;
  *" show "*--namespace*) [[ -e $state/$(key "$2" "$(named --namespace "$@")") ]] && echo Registered || echo NotRegistered ;;
  "az provider register"*|"az feature register"*) change; touch "$state/$(key "$1" "$(named --namespace "$@")")" ;;
  "az role assignment list"*) [[ -e $state/$(key role "$(named --role "$@")") ]] && echo 1 || echo 0 ;;
  "az role assignment create"*) change; touch "$state/$(key role "$(named --role "$@")")" ;;
  "az storage account blob-service-properties update"*|"az storage container create"*) ;;
  *" show "*) [[ -e $state/$(key "$(named --name "$@")") ]] ;;
  *" create "*) change; touch "$state/$(key "$(named --name "$@")")" ;;
  "pulumi stack select"*) [[ -e $state/stack ]] ;;
  "pulumi stack init"*) change; touch "$state/stack" ;;
  *) ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
  mkdirSync(join(folder, "bin"));
  for (const tool of ["az", "pulumi"]) {
    writeFileSync(join(folder, "bin", tool), STUB.replaceAll('"$2" "$(named --namespace', '"$1" "$(named --namespace'));
    chmodSync(join(folder, "bin", tool), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const env = {
    ...process.env,
    PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
    STUB_STATE: join(folder, "state"),
  };
  return spawnSync("bash", [SCRIPT, ...args], { env, encoding: "utf8" });
}

function changes(): readonly string[] {
  const file = join(folder, "state", "changes");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

test("bash can read it", () => {
  execFileSync("bash", ["-n", SCRIPT]);
});

test("the first run makes what is missing, the second changes nothing", () => {
  expect(run("default", "7f3a")).toMatchObject({ status: 0 });
  const first = changes();
  expect(
    first.filter((each) => / create | init /.test(each)).map((each) => each.split(" ").slice(0, 4).join(" ")),
  ).toEqual([
    "az group create --name",
    "az storage account create",
    "az keyvault create --name",
    "az role assignment create",
    "az role assignment create",
    "az keyvault key create",
    "pulumi stack init default",
  ]);
  expect(first.filter((each) => each.startsWith("az provider register")).length).toBeGreaterThan(15);
  expect(run("default", "7f3a")).toMatchObject({ status: 0 });
  expect(changes()).toEqual(first);
});

test.each([
  [[], "usage"],
  [["default"], "usage"],
  [["Default", "7f3a"], "stack's name"],
  [["default", "7F-3a"], "suffix"],
])("it refuses %j before it does anything", (args, message) => {
  const { status, stderr } = run(...args);
  expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(changes()).toEqual([]);
});

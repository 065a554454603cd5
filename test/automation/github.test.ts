import { JOBS, read, SETUP, SETUP_STEPS, WORKFLOWS, workflow } from "./workflows";

const FILES = [...WORKFLOWS.values(), SETUP];
const each = JOBS.map((entry) => [`${entry.file}: ${entry.id}`, entry] as const);

/** Workflows that run what a pull request brings along. */
const UNTRUSTED = [...WORKFLOWS.values()].filter(({ on }) => "pull_request" in on || "merge_group" in on);

describe("every workflow", () => {
  it.each(FILES.map((file) => [file.file, file.text] as const))(
    "%s pins actions by commit, and names the version",
    (_, text) => {
      const uses = text.split("\n").filter((line) => /^\s*(-\s+)?uses:/.test(line));
      expect(uses.length).toBeGreaterThan(0);
      for (const line of uses) {
        if (/uses: \.\/\.github\/actions\/setup$/.test(line)) continue;
        expect(line).toMatch(/uses: [\w-]+\/[\w-]+(\/[\w-]+)*@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    },
  );

  it("pins an action everywhere to the same commit", () => {
    const pins = new Map<string, Set<string>>();
    for (const { text } of FILES) {
      for (const [, action = "", pin = ""] of text.matchAll(/uses: ([\w/-]+)@(\S+ # \S+)/g)) {
        pins.set(action, (pins.get(action) ?? new Set()).add(pin));
      }
    }
    expect(pins.size).toBeGreaterThan(4);
    for (const [action, versions] of pins) expect([action, versions.size]).toEqual([action, 1]);
  });

  it.each([...WORKFLOWS.values()].map((one) => [one.file, one] as const))("%s grants nothing by default", (_, one) => {
    expect(one.permissions).toEqual({});
    expect(one.concurrency).toBeDefined();
    expect(Object.keys(one.on)).not.toContain("pull_request_target");
  });

  it.each(FILES.map((file) => [file.file, file.text] as const))("%s knows no secret", (_, text) => {
    expect(text).not.toMatch(/\bsecrets\b/);
  });

  it("is about files that are there", () => {
    expect([...WORKFLOWS.keys()]).toEqual([
      "conflicts.yml",
      "publish.yml",
      "pull-request-comment.yml",
      "pull-request.yml",
    ]);
    for (const { job } of JOBS)
      for (const [, script = ""] of job.steps
        .map(({ run }) => run ?? "")
        .join("\n")
        .matchAll(/node (\S+\.cjs)/g))
        expect(read(script)).not.toBe("");
  });
});

describe("every job", () => {
  it.each(each)("%s ends in time and says what each permission is for", (_, { file, id, job }) => {
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(90);
    expect(job["runs-on"]).toMatch(/^ubuntu-\d\d\.\d\d$/);
    expect(Object.keys(job.permissions ?? {}).length).toBeGreaterThan(0);
    const block =
      workflow(file)
        .text.split(`\n  ${id}:\n`)[1]
        ?.split(/\n {2}\w[\w-]*:\n/)[0] ?? "";
    for (const line of block.split("\n").filter((line) => /^ {6}[a-z-]+: (read|write)/.test(line)))
      expect(line).toMatch(/: (read|write) # \w+/);
  });

  it.each(each)("%s leaves no credentials in a clone", (_, { job }) => {
    for (const step of job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(step.with?.["persist-credentials"]).toBe(false);
  });

  it.each(each)("%s interpolates nothing into scripts: values come by the environment", (_, { job }) => {
    for (const { run } of job.steps) expect(run ?? "").not.toContain("${{");
  });

  it("so does the setup", () => {
    for (const { run } of SETUP_STEPS) expect(run ?? "").not.toContain("${{");
  });
});

describe("code that anybody may have written", () => {
  it("runs in one workflow", () => expect(UNTRUSTED.map(({ file }) => file)).toEqual(["pull-request.yml"]));

  it("may read the repository, and nothing else", () => {
    for (const { jobs } of UNTRUSTED)
      for (const job of Object.values(jobs)) expect(job.permissions).toEqual({ contents: "read" });
  });

  it("is given no token by a step", () => {
    for (const { text } of UNTRUSTED) expect(text).not.toMatch(/github\.token|GITHUB_TOKEN|GH_TOKEN/);
  });

  it("is never in a job that may write", () => {
    const writers = JOBS.filter(({ job }) => Object.values(job.permissions ?? {}).includes("write"));
    expect(writers.map(({ file, id }) => `${file} ${id}`)).toEqual([
      "conflicts.yml mark",
      "publish.yml release",
      "pull-request-comment.yml comment",
      "pull-request-comment.yml code-scanning",
    ]);
    for (const { job } of writers) {
      for (const step of job.steps) {
        // The default branch: neither another ref nor another repository, and only the scripts.
        if (step.uses?.startsWith("actions/checkout@"))
          expect(step.with).toEqual({ "persist-credentials": false, "sparse-checkout": ".github/scripts" });
        expect(step.uses ?? "").not.toMatch(/^\.\//);
        expect(step.run ?? "").not.toMatch(/\b(npm|npx|make|go|pip)\b/);
        // Outside of the clone, so that nothing in it can be overwritten.
        if (step.uses?.startsWith("actions/download-artifact@"))
          expect(step.with?.["path"]).toMatch(/^\$\{\{ runner\.temp \}\}\//);
      }
    }
  });

  it("reaches the comment through an artifact that may be missing", () => {
    const { on, jobs } = workflow("pull-request-comment.yml");
    expect(on).toEqual({ workflow_run: { workflows: [workflow("pull-request.yml").name], types: ["completed"] } });
    const uploaded = workflow("pull-request.yml").jobs["diff"]?.steps.map((step) => step.with?.["name"]);
    for (const job of Object.values(jobs)) {
      const download = job.steps.find(({ uses }) => uses?.startsWith("actions/download-artifact@"));
      expect(uploaded).toContain(download?.with?.["name"]);
      expect(download?.["continue-on-error"]).toBe(true);
      expect(job.if).toContain("github.event.workflow_run.event == 'pull_request'");
    }
  });
});

describe("a required check", () => {
  it("is never skipped: GitHub takes a skipped one for passed", () => {
    const { on, jobs } = workflow("pull-request.yml");
    expect(on).toEqual({ pull_request: null, merge_group: null });
    for (const job of Object.values(jobs)) expect([job.if, job.needs]).toEqual([undefined, undefined]);
    for (const step of Object.values(jobs).flatMap(({ steps }) => steps)) {
      expect([step.if, step["continue-on-error"]]).toEqual([undefined, undefined]);
    }
  });

  it("is named in the documentation", () => {
    const documented = read("docs/pull-requests.md");
    for (const { name } of Object.values(workflow("pull-request.yml").jobs))
      expect(documented).toContain(`\`${name}\``);
  });
});

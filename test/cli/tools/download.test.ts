import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DownloadError, downloadRelease, type Fetching, type Release, releasePath } from "../../../cli/tools/download";
import { withFolder } from "../folder";

let archive: Buffer;
let server: Server;
let answer: RequestListener;
let requests = 0;

beforeAll(async () => {
  archive = await withFolder({ tool: "#!/bin/sh\n", LICENSE: "x" }, (folder) => {
    execFileSync("tar", ["-czf", "all.tgz", "LICENSE", "tool"], { cwd: folder });
    return readFileSync(join(folder, "all.tgz"));
  });
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  requests = 0;
  answer = (_, response) => response.end(archive);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function release(changes: Partial<Release> = {}): Release {
  const { port } = server.address() as AddressInfo;
  const sha256 = createHash("sha256").update(archive).digest("hex");
  const archives = { "test-system": { url: `http://127.0.0.1:${port}/tool.tar.gz`, sha256 } };
  return { name: "tool", version: "v1.0.0", file: "tool", archives, ...changes };
}

async function download(root: string, pinned: Release, how: Fetching = {}): Promise<{ path: string; notes: string[] }> {
  const notes: string[] = [];
  const context = { root, note: (message: string) => notes.push(message) };
  const path = await downloadRelease(pinned, context, { system: "test-system", ...how });
  return { path, notes };
}

test("a release with the pinned checksum is unpacked into the project's cache, once", async () => {
  await withFolder({}, async (root) => {
    const first = await download(root, release());
    expect(first.path).toBe(releasePath(release(), root, "test-system"));
    expect(first.path.startsWith(join(root, ".cache", "bin", "tool-v1.0.0-"))).toBe(true);
    expect(readFileSync(first.path, "utf8")).toBe("#!/bin/sh\n");
    expect(statSync(first.path).mode & 0o111).not.toBe(0);
    expect(first.notes).toEqual([`downloading tool v1.0.0 from 127.0.0.1:${(server.address() as AddressInfo).port}`]);
    expect((await download(root, release())).notes).toEqual([]);
    expect(requests).toBe(1);
  });
});

test("another checksum is refused, and nothing of it stays", async () => {
  await withFolder({}, async (root) => {
    answer = (_, response) => response.end(Buffer.concat([archive, Buffer.from("x")]));
    await expect(download(root, release())).rejects.toThrow(/refused http.*its sha256 is [0-9a-f]{64}, not the pinned/);
    expect(existsSync(join(root, ".cache"))).toBe(false);
  });
});

test("an archive without the program is refused", async () => {
  await withFolder({}, async (root) => {
    await expect(download(root, release({ file: "other" }))).rejects.toThrow(/there is no other in/);
  });
});

test("what is pinned but no archive is refused", async () => {
  await withFolder({}, async (root) => {
    const garbage = Buffer.from("garbage");
    answer = (_, response) => response.end(garbage);
    const sha256 = createHash("sha256").update(garbage).digest("hex");
    const url = release().archives["test-system"]?.url ?? "";
    const pinned = release({ archives: { "test-system": { url, sha256 } } });
    await expect(download(root, pinned)).rejects.toThrow(DownloadError);
  });
});

test.each([404, 503])("answer %i is no release, and is not asked for again", async (status) => {
  await withFolder({}, async (root) => {
    answer = (_, response) => response.writeHead(status).end();
    await expect(download(root, release())).rejects.toThrow(new RegExp(`answered ${status}`));
    expect(requests).toBe(1);
  });
});

test("a server that says nothing is not waited for", async () => {
  await withFolder({}, async (root) => {
    answer = () => {};
    await expect(download(root, release(), { patience: 50 })).rejects.toThrow(
      /cannot be reached \(no answer in time\)/,
    );
  });
});

test("a server that stops half way is not waited for", async () => {
  await withFolder({}, async (root) => {
    answer = (_, response) => void response.write(archive.subarray(0, 10));
    await expect(download(root, release(), { timeout: 200 })).rejects.toThrow(DownloadError);
  });
});

test("without a network the reason is short", async () => {
  await withFolder({}, async (root) => {
    const archives = { "test-system": { url: "http://127.0.0.1:1/tool.tar.gz", sha256: "0".repeat(64) } };
    await expect(download(root, release({ archives }))).rejects.toThrow(/^127\.0\.0\.1:1 cannot be reached \(/);
  });
});

test("a system without a release is told", async () => {
  await withFolder({}, async (root) => {
    await expect(download(root, release(), { system: "plan9-mips" })).rejects.toThrow(
      "there is no release for plan9-mips",
    );
    expect(releasePath(release(), root, "plan9-mips")).toBeUndefined();
  });
});

test("a cache that cannot be written to is told", async () => {
  await withFolder({ ".cache": "a file" }, async (root) => {
    await expect(download(root, release())).rejects.toThrow(/the project's cache cannot be written to/);
  });
});

test("an interrupted download ends, and leaves nothing", async () => {
  await withFolder({}, async (root) => {
    answer = (_, response) => void response.write(archive.subarray(0, 10));
    const signal = AbortSignal.timeout(100);
    const context = { root, note: () => {}, signal };
    await expect(downloadRelease(release(), context, { system: "test-system" })).rejects.toThrow(/timeout|abort/i);
    expect(readdirSync(root)).toEqual([]);
  });
});

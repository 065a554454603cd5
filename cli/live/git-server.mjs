// Serves the bare repositories of a folder over http on loopback: Git's own `http-backend` behind Node's server. A process of its own,
// since it outlives the command that starts it. Plain JavaScript, since nothing is built where it runs.
//
//   node git-server.mjs FOLDER PORT
//
// FOLDER/fault.json makes it slow, broken or silent, for tests: {"delayMs": 500, "cutAfterBytes": 1000, "status": 503}.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [folder, port] = process.argv.slice(2);

function fault() {
  try {
    return JSON.parse(readFileSync(join(folder, "fault.json"), "utf8"));
  } catch {
    return {};
  }
}

createServer((request, response) => {
  const { delayMs = 0, cutAfterBytes, status } = fault();
  setTimeout(() => {
    if (status) response.writeHead(status).end();
    else serve(request, response, cutAfterBytes);
  }, delayMs);
}).listen(Number(port), "127.0.0.1");

function serve(request, response, cutAfterBytes) {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  const backend = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      HOME: folder,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method,
      REMOTE_ADDR: "127.0.0.1",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: request.headers["git-protocol"] ?? "",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  backend.stdin.on("error", () => {});
  request.pipe(backend.stdin);
  response.on("close", () => backend.kill());
  backend.on("error", () => response.writeHead(500).end());
  let head = Buffer.alloc(0);
  let sent = 0;
  const pass = (chunk) => {
    sent += chunk.length;
    if (cutAfterBytes !== undefined && sent > cutAfterBytes) response.destroy();
    else response.write(chunk);
  };
  backend.stdout.on("data", (chunk) => {
    if (response.headersSent) return pass(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    let status = 200;
    for (const line of head.subarray(0, end).toString().split("\r\n")) {
      const [name, ...value] = line.split(": ");
      if (name.toLowerCase() === "status") status = Number.parseInt(value.join(": "), 10);
      else response.setHeader(name, value.join(": "));
    }
    response.writeHead(status);
    return pass(head.subarray(end + 4));
  });
  backend.stdout.on("end", () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}

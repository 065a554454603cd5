import { accepts, reports } from "../support";

describe("a source is refused", () => {
  reports([
    [
      "Git's short form",
      { "git.url": "git@github.com:example/aks-fleet.git" },
      "git.url",
      "Git's short form",
      'write "ssh://git@github.com/example/aks-fleet.git"',
    ],
    [
      "Git's short form without a user",
      { "git.url": "github.com:example/aks-fleet" },
      "git.url",
      "short form",
      '"ssh://git@github.com/example/aks-fleet"',
    ],
    [
      "plain http",
      { "git.url": "http://github.com/example/fleet" },
      "git.url",
      "not a repository",
      "https:// or ssh://",
    ],
    ["a file", { "git.url": "file:///srv/fleet" }, "git.url", "not a repository", "https:// or ssh://"],
    ["a word", { "git.url": "fleet" }, "git.url", "not a repository", "https:// or ssh://"],
    ["no path", { "git.url": "https://github.com/" }, "git.url", "not a repository", "https://github.com/example"],
    ["ssh without a user", { "git.url": "ssh://github.com/a/b" }, "git.url", "as whom", '"ssh://git@github.com/a/b"'],
    ["a token in the address", { "git.url": "https://t0ken@github.com/a/b" }, "git.url", "credentials", "deploy key"],
    ["a query in the address", { "git.url": "https://github.com/a/b?ref=x" }, "git.url", "a query", "alone"],
    ["a branch with a space", { "git.branch": "my branch" }, "git.branch", '"my branch"', '"main"'],
    ["no branch", { "git.branch": "" }, "git.branch", "cannot be a branch", '"main"'],
    ["a branch with two dots", { "git.branch": "a..b" }, "git.branch", "cannot be a branch", '"main"'],
    ["no seconds", { "git.intervalSeconds": 0 }, "git.intervalSeconds", "0 is not", "60"],
    ["half seconds", { "git.intervalSeconds": 0.5 }, "git.intervalSeconds", "0.5", "whole number"],
    [
      "a mirror by https",
      { chartMirror: { url: "https://registry.example.com/charts" } },
      "chartMirror.url",
      "not a registry folder that starts with oci://",
      "oci://registry.example.com/charts",
    ],
    [
      "a mirror with a slash last",
      { chartMirror: { url: "oci://r.example.com/" } },
      "chartMirror.url",
      "folder",
      "slash",
    ],
    [
      "a mirror with a user",
      { chartMirror: { url: "oci://me@r.example.com" } },
      "chartMirror.url",
      "folder",
      "credentials",
    ],
    [
      "a mirror without encryption",
      { chartMirror: { url: "oci://registry.example.com/charts", insecure: true } },
      "chartMirror.insecure",
      "not for registry.example.com",
      "https",
    ],
  ]);
});

describe("a source is accepted", () => {
  accepts([
    ["https", { "git.url": "https://dev.azure.com/example/fleet/_git/fleet" }],
    ["ssh with a port", { "git.url": "ssh://git@git.example.com:7999/platform/fleet.git" }],
    ["a branch in a folder", { "git.branch": "env/production", "git.intervalSeconds": 300 }],
    ["a mirror", { chartMirror: { url: "oci://registry.example.com:8443/charts" } }],
    ["a mirror on loopback", { chartMirror: { url: "oci://127.0.0.1:5000/charts", insecure: true } }],
    ["a mirror without a folder", { chartMirror: { url: "oci://localhost:5000", insecure: true } }],
  ]);
});

const base = require("./jest.config.js");

/** Tests against real control planes: `make test-live`. One rig for all files, which run one after another in the order of their names. */
/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/live/**/*.live.ts"],
  globalSetup: "<rootDir>/test/live/setup.ts",
  globalTeardown: "<rootDir>/test/live/teardown.ts",
  setupFilesAfterEnv: ["<rootDir>/test/live/steady.ts"],
  testSequencer: "<rootDir>/test/live/sequencer.js",
  maxWorkers: 1,
  // Generous: a wait ends when what it waits for is there, and a machine may be busy.
  testTimeout: 300_000,
  // What a failed set-up has left waiting must not keep a run, and with it the whole of CI, from its end.
  forceExit: true,
};

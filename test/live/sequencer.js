const { default: Sequencer } = require("@jest/test-sequencer");

/** By name: each file leaves the rig as it found it, but what comes first should be what explains most failures. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => a.path.localeCompare(b.path));
  }
};

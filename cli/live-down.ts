import { parseArgs } from "node:util";
import { seizeLock } from "./live/lock";
import { liveState } from "./live/state";
import { takeDown } from "./live/up";

const HELP = `Ends what \`make live\` started, and removes every trace of it. Does nothing when nothing is there.

Usage: npm run live-down [-- --forget]

  --forget  leave on test clusters of yours what was put there: for a cluster that is gone for good
  --help    this text

Exit codes: 0 nothing is left, 2 something could not be ended or removed; run it again.`;

/** `npm run live-down`. */
export async function run(args: readonly string[]): Promise<number> {
  let forget = false;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        forget: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    forget = values.forget;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  try {
    return await down(forget);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

async function down(forget: boolean): Promise<number> {
  const state = liveState();
  let waited = false;
  const note = (line: string) => {
    waited = true;
    console.error(line);
  };
  const release = await seizeLock(state, "make live-down", { note });
  try {
    const ended = await takeDown(state, { forget, note });
    if (ended.length > 0) console.log(`Ended ${ended.length} processes${forget ? "" : "; nothing is left"}.`);
    else console.log(waited ? "It has ended; nothing is left." : "Nothing was up.");
    return 0;
  } finally {
    release();
  }
}

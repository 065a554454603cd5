import * as pulumi from "@pulumi/pulumi";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import program from "../index";
import { PROJECT, SAMPLE_CONFIG, SECRET_KEYS } from "./config";
import { RecordingMonitor } from "./monitor";
import type { Recording, RecordOptions } from "./types";

/** Runs the program without engine, provider or network, and returns what it leaves behind. One run at a time: the SDK's state is global. */
export async function recordRun(options: RecordOptions): Promise<Recording> {
  const config = withoutUndefined({ ...SAMPLE_CONFIG, [`${PROJECT}:preset`]: options.preset, ...options.config });
  const preview = options.preview ?? false;
  const monitor = new RecordingMonitor(config["azure-native:subscriptionId"] ?? "", preview);
  pulumi.runtime.setAllConfig(config, [...(options.secretKeys ?? SECRET_KEYS)]);
  // The SDK's own mocks first: they declare what a monitor can do, `setMockOptions` alone does not.
  await pulumi.runtime.setMocks(monitor.mocks, PROJECT, options.preset, preview);
  setMockOptions(monitor, PROJECT, options.preset, preview);
  // The SDK lets a program that fails fail the whole process, so the failure goes past it.
  let failure: unknown;
  const guarded = () =>
    program().catch((error: unknown) => {
      failure = error;
      return {};
    });
  // The SDK keeps a stack trace with every resource, and tests' source maps make each cost milliseconds.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    await pulumi.runtime.runInPulumiStack(guarded);
    await pulumi.runtime.disconnect();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  if (failure) throw failure;
  return monitor.recording();
}

function withoutUndefined(config: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

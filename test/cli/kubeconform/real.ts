import { findKubeconform, isMissing } from "../../../cli/kubeconform";

/** Building it takes 20 s on two free cores, and these may be busy. */
export const PATIENCE = 300_000;

/** The real kubeconform, built when it must be. Without it, what needs it is reported as not run, and fails with CI=true. */
export async function realKubeconform(): Promise<string | undefined> {
  const found = await findKubeconform({ note: () => {} });
  if (!isMissing(found)) return found.path;
  const message = `NOT RUN, for want of kubeconform:\n${found.missing.join("\n")}`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`${message}\n`);
  return undefined;
}

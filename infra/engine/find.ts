import { findPulumi, NoPulumi } from "./cli";

// Prints where the Pulumi CLI is, as JSON: a program of its own, since tests must know before they are declared.
async function main(): Promise<void> {
  try {
    const found = await findPulumi({ note: (message) => console.error(message) });
    console.log(JSON.stringify(found));
  } catch (error) {
    if (!(error instanceof NoPulumi)) throw error;
    console.log(JSON.stringify({ missing: error.message }));
  }
}

void main();

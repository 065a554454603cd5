/** Functions that one process offers another. */
export type Calls = object;

/** A call as it travels between processes. */
export interface CallMessage {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** The answer to a {@link CallMessage}. */
export type AnswerMessage = { readonly call: number } & ({ readonly result: unknown } | { readonly error: string });

/** Answers the calls of the process that started this one, and ends with it. */
export function answerCalls(calls: Calls, abandoned: () => void): void {
  process.on("disconnect", abandoned);
  process.on("message", async ({ call, name, args }: CallMessage) => {
    process.send?.(await answerTo(calls, call, name, args));
  });
}

async function answerTo(calls: Calls, call: number, name: string, args: readonly unknown[]): Promise<AnswerMessage> {
  try {
    const work = (calls as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>)[name];
    if (!work) throw new Error(`there is no call ${name}`);
    return { call, result: await work(...args) };
  } catch (error) {
    return { call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

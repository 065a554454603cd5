/** Does works at once. When one fails, the others are told by their signal; once all have stopped, its error is thrown. */
export async function together<T extends readonly unknown[]>(
  works: { readonly [Index in keyof T]: (signal: AbortSignal) => Promise<T[Index]> },
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal;
  let failure: { readonly error: unknown } | undefined;
  const results = await Promise.all(
    works.map(async (work) => {
      try {
        return await work(signal);
      } catch (error) {
        failure ??= { error };
        controller.abort(error);
        return undefined;
      }
    }),
  );
  if (failure) throw failure.error;
  return results as unknown as T;
}

/** Does work for each, so many at a time; begins no other once one has failed, and throws when those at work have stopped. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = [...items];
  await together(
    Array.from({ length: Math.min(width, items.length) }, () => async (failed: AbortSignal) => {
      for (let item = queue.shift(); item !== undefined && !failed.aborted; item = queue.shift()) await work(item);
    }),
  );
}

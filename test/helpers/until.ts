/**
 * Resolves when `condition` holds, looking again after every turn of the event loop. The limit only
 * ends what would hang for ever.
 */
export async function until(condition: () => boolean, what: string, limit = 20_000): Promise<void> {
  const end = Date.now() + limit;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${limit} ms until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Settles as `promise`, or rejects when that would hang for ever. */
export function within<T>(promise: Promise<T>, what: string, limit = 20_000): Promise<T> {
  const { promise: late, reject } = withRejection();
  const timer = setTimeout(() => reject(new Error(`waited ${limit} ms for ${what}`)), limit);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function withRejection(): { promise: Promise<never>; reject: (reason: Error) => void } {
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
}

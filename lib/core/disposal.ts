/** What has an end of its own making. */
interface Closable {
  close(): void;
}

/**
 * Gives a class what `using` and `await using` call. Where JavaScript has no such symbols (before Node
 * 18.18) it does nothing.
 *
 * @param ended - resolves when one that was closed has come to its end
 */
export function makeDisposable<Instance extends Closable>(
  { prototype }: { readonly prototype: Instance },
  ended: (instance: Instance) => Promise<unknown>,
): void {
  const { dispose, asyncDispose }: { dispose?: symbol; asyncDispose?: symbol } = Symbol;
  const define = (name: symbol | undefined, value: (this: Instance) => unknown): void => {
    if (name) Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  };
  define(dispose, function () {
    this.close();
  });
  define(asyncDispose, async function () {
    this.close();
    await ended(this);
  });
}

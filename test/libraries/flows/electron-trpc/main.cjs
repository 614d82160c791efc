const { createIPCHandler } = require('electron-trpc/main');
const { initTRPC, TRPCError } = require('@trpc/server');
const { observable } = require('@trpc/server/observable');

/** Queries, mutations, subscriptions and their errors, over a typed router. */
module.exports = async ({ log, open, ended, go, ready, seen }) => {
  const t = initTRPC.context().create();
  const ticking = new Set();
  const router = t.router({
    greet: t.procedure.input(text).query(({ input, ctx }) => `hello ${input} from ${ctx.title}`),
    later: t.procedure.input(Number).query(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, (input * 7) % 5));
      return { input, square: input ** 2, when: new Date(input) };
    }),
    notes: t.router({
      add: t.procedure.input(text).mutation(({ input }) => {
        log('note', input);
        return { id: input.length, text: input };
      }),
      missing: t.procedure.query(() => {
        throw new TRPCError({ code: 'NOT_FOUND', message: 'no such note' });
      }),
    }),
    bug: t.procedure.mutation(() => {
      throw new RangeError('a bug');
    }),
    ticks: t.procedure.input(Number).subscription(({ input }) =>
      observable((emit) => {
        for (let n = 0; n < input; n++) emit.next({ n });
        emit.complete();
      }),
    ),
    broken: t.procedure.subscription(() =>
      observable((emit) => {
        emit.next('one');
        emit.error(new TRPCError({ code: 'FORBIDDEN', message: 'not for you' }));
      }),
    ),
    forever: t.procedure.input(text).subscription(({ input }) =>
      observable((emit) => {
        ticking.add(input);
        setImmediate(() => {
          for (let n = 0; n < 3; n++) emit.next(n);
        });
        return () => {
          ticking.delete(input);
          log('torn down', input, [...ticking]);
        };
      }),
    ),
  });
  const createContext = async ({ event }) => ({ title: event.sender.getTitle() });
  const window = await open({
    preload: 'preload.cjs',
    html: 'page.html',
    before: (window) => createIPCHandler({ router, windows: [window], createContext }),
  });
  await ended('page');
  // The new document's page asks again; the old document's subscription has to go by itself.
  const loaded = new Promise((resolve) => window.webContents.once('did-finish-load', resolve));
  window.webContents.reload();
  await seen('main', 'torn down "until reload"');
  await loaded;
  await ready(window);
  await go(window);
  await seen('page', 'reloaded');
};

function text(value) {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
}

/** What both kinds of windows do with their logger. */
exports.useLog = async (log, journal, name) => {
  log.transports.console.format = '{text}';
  log.transports.console.writeFn = ({ message }) => {
    if (message.level !== 'warn' && message.level !== 'error') return;
    // What main logged, and what windows logged, comes in no common order.
    const fromMain = message.variables?.processType === 'main';
    const { log: note } = fromMain ? journal.lane('main') : journal;
    note(`console ${message.level}`, message.scope, message.data.map(withoutStack));
  };
  log.transports.ipc.level = 'verbose';
  log.error('broken', new TypeError('no title'));
  log.warn('careful', undefined, null, 1n, -0);
  log.info('values', { date: new Date(0), map: new Map([['a', new Set([1])]]), list: [null, -0] });
  log.verbose('function', () => 1, Symbol('s'));
  log.debug('not sent');
  const circular = { name: 'circular' };
  circular.self = circular;
  log.info(circular);
  log.scope('menu').info('opened', 'file');
  for (let n = 0; n < 3; n++) log.info('burst', n);

  log.errorHandler.startCatching({ onError: ({ errorName }) => void journal.log(errorName) });
  const caught = new Promise((resolve) => addEventListener('unhandledrejection', resolve));
  setTimeout(() => {
    throw new RangeError(`thrown in ${name}`);
  });
  setTimeout(() => Promise.reject(new Error(`rejected in ${name}`)), 1);
  await caught;
};

const withoutStack = (value) => {
  return typeof value === 'string' ? value.split('\n    at ', 1)[0] : value;
};
exports.withoutStack = withoutStack;

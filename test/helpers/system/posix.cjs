// On Linux: signals, and what /proc tells.
const {
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  truncateSync,
  unlinkSync,
} = require('node:fs');

const entries = (folder) => readdirSync(`/proc/self/${folder}`).length;

module.exports = {
  suspend: (pid) => process.kill(pid, 'SIGSTOP'),
  resume: (pid) => process.kill(pid, 'SIGCONT'),
  holdings: () => ({
    handles: entries('fd'),
    threads: entries('task'),
    mappings: readFileSync('/proc/self/maps', 'utf8').split('\n').length,
  }),
  resizableMemory(bytes) {
    const path = `/dev/shm/ringwire-test-${process.pid}`;
    const descriptor = openSync(path, 'w+');
    truncateSync(path, bytes);
    unlinkSync(path);
    return descriptor;
  },
  noMemory: () => openSync('/dev/null', 'r'),
  closeHandle: (handle) => closeSync(handle),
};

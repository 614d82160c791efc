// On Windows: what Node has no words for, by the system's own functions.
const { createRequire } = require('node:module');
const { join } = require('node:path');

// Of test/platforms/nodes: koffi is needed where its Node for Windows is.
const packages = join(__dirname, '../../../build/nodes/packages/package.json');
const koffi = createRequire(packages)('koffi');

const kernel = koffi.load('kernel32.dll');
const ntdll = koffi.load('ntdll.dll');
const openProcess = kernel.func('intptr_t OpenProcess(uint32_t, bool, uint32_t)');
const close = kernel.func('bool CloseHandle(intptr_t)');
const countHandles = kernel.func('bool GetProcessHandleCount(intptr_t, _Out_ uint32_t *)');
const createEvent = kernel.func('intptr_t CreateEventW(intptr_t, bool, bool, intptr_t)');
const createMapping = kernel.func(
  'intptr_t CreateFileMappingW(intptr_t, intptr_t, uint32_t, uint32_t, uint32_t, intptr_t)',
);
const suspendProcess = ntdll.func('int32_t NtSuspendProcess(intptr_t)');
const resumeProcess = ntdll.func('int32_t NtResumeProcess(intptr_t)');

const processSuspendResume = 0x800;
const thisProcess = -1;
const noFile = -1;
const readWrite = 0x04;
const reserve = 0x4000000;

function made(handle, call) {
  if (Number(handle) === 0) throw new Error(`${call} failed`);
  return Number(handle);
}

function withProcess(pid, use) {
  const handle = made(openProcess(processSuspendResume, false, pid), 'OpenProcess');
  try {
    const status = use(handle);
    if (status !== 0) throw new Error(`status ${status} for process ${pid}`);
  } finally {
    close(handle);
  }
}

module.exports = {
  suspend: (pid) => withProcess(pid, suspendProcess),
  resume: (pid) => withProcess(pid, resumeProcess),
  holdings() {
    const count = [0];
    if (!countHandles(thisProcess, count)) throw new Error('GetProcessHandleCount failed');
    return { handles: count[0] };
  },
  // Only reserved: its pages are there once its maker wants them to be.
  resizableMemory: (bytes) =>
    made(createMapping(noFile, 0, readWrite | reserve, 0, bytes, 0), 'CreateFileMapping'),
  noMemory: () => made(createEvent(0, true, false, 0), 'CreateEvent'),
  closeHandle: (handle) => close(handle),
};

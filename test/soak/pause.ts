const longest = 500;

/** Stops a process for up to half a second, as a debugger or a busy machine would. */
export function pauseProcess(pid: number, random: () => number): void {
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  };
  send('SIGSTOP');
  setTimeout(send, random() * longest, 'SIGCONT');
}

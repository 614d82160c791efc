import { describe } from '../values/describe.ts';

/**
 * Makes what main says by itself part of the observations: warnings and errors on the console
 * (Electron's own too), and exceptions that nobody caught.
 */
export function observeMain(write: (actor: string, line: string) => void): void {
  for (const level of ['warn', 'error'] as const) {
    console[level] = (...parts: unknown[]) => {
      const text = parts
        .map((part) => (typeof part === 'string' ? part : describe(part)))
        .join(' ');
      // The numbers in Electron's and Node's own messages differ from run to run.
      const same = text
        .replace(/WebContents #\d+/, 'WebContents #n')
        .replace(/\(node:\d+\)/, '(node)')
        // Node says it with the first warning of a process, whichever scenario that is in.
        .replace(/\n\(Use `electron --trace-warnings .*\)$/, '');
      write('console', `${level}: ${same}`);
    };
  }
  process.on('uncaughtException', (error) => write('main', `uncaught ${describe(error)}`));
  process.on('unhandledRejection', (reason) => write('main', `unhandled ${describe(reason)}`));
  process.on('warning', (warning) =>
    write('console', `warning: ${warning.name}: ${warning.message}`),
  );
}

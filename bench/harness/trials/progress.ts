/** A bar in a terminal, otherwise one line per trial. Both on stderr. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  /** Says what begins now. */
  begin(what: string): void;
  /** Says how it ended. */
  end(what: string, result: string): void;
  stop(): void;
}

export function startProgress(total: number): Progress {
  return process.stderr.isTTY ? bar(total) : lines(total);
}

function bar(total: number): Progress {
  const single = new SingleBar({
    format: '{bar} {value}/{total}  {eta_formatted} left  {what}',
    barsize: 24,
    hideCursor: true,
    etaBuffer: 20,
    stream: process.stderr,
  });
  single.start(total, 0, { what: '' });
  return {
    begin: (what) => single.update({ what }),
    end: () => single.increment(),
    stop: () => single.stop(),
  };
}

function lines(total: number): Progress {
  const width = String(total).length;
  let done = 0;
  return {
    begin: () => {},
    end: (what, result) => {
      done++;
      console.error(`${String(done).padStart(width)}/${total}  ${what}: ${result}`);
    },
    stop: () => {},
  };
}

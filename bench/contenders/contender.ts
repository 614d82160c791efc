/** The shape of a contender: a way to talk, the same for every scenario. */
import type { Ability, Connection, Service } from '../scenarios/scenario.ts';

interface Described {
  /** As `--contender` takes it. */
  readonly id: string;
  /** As tables and plots print it. */
  readonly title: string;
}

/** The same application in real Electron, switched to one way to carry its messages. */
export interface ElectronContender extends Described {
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path that every frame must be on, else the trial fails: no silent fall-back. */
  readonly path: 'ring' | 'stock';
}

/** Two ends of plain Node, written as a user of that way would write them. */
export interface NodeContender extends Described {
  /** What its {@link Connection} has. */
  readonly can: readonly Ability[];
  /** Both ends live in one process, so their CPU time cannot be told apart. */
  readonly oneProcess?: true;
  /** Starts the other end, which is `answerer` (a script), and connects to it. */
  connect(answerer: Answerer): Promise<Connection>;
  /** In the answering process or thread: serves until the caller ends it. */
  serve(service: Service): void | Promise<void>;
}

/** How the other end is started. */
export interface Answerer {
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The shape of a contender: one way to carry messages, in every scenario. */
import type { Ability, Connection, Service } from '../scenarios/scenario.ts';

interface Described {
  /** As `--contender` takes it. */
  readonly id: string;
  /** As tables and plots print it. */
  readonly title: string;
}

/** The same application in real Electron, with one way to carry its messages. */
export interface ElectronContender extends Described {
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path that every frame must be on; otherwise the trial fails. */
  readonly path: 'ring' | 'stock';
}

/** Both ends in plain Node, written as a user would write them. */
export interface NodeContender extends Described {
  /** What its {@link Connection} has. */
  readonly can: readonly Ability[];
  /** Both ends are in one process, so their CPU times cannot be told apart. */
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

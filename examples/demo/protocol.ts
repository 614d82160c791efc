/** What page, main process and conductor (`scripts/demo.ts`) say to each other. Types only. */

export type ScenarioId = 'sendSync' | 'invoke' | 'send' | 'sendSync64K' | 'sendSync1M';

/** Times of one scenario in one turn, in microseconds. A wrong answer is an error, never a time. */
export interface Measurement {
  readonly microseconds: readonly number[];
  readonly answersChecked: number;
}

/** All turns of one scenario, in microseconds. */
export interface Figure {
  readonly samples: number;
  readonly p50: number;
  readonly p99: number;
}

export type Figures = Readonly<Record<ScenarioId, Figure>>;

/** Which path carries the messages of a window, and why. */
export interface Carrier {
  readonly path: 'stock' | 'ring';
  readonly reason: string | undefined;
}

export interface About {
  readonly carrier: Carrier;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
}

/** One turn at measuring. The first one warms up: its times are dropped. */
export interface Turn {
  readonly number: number;
  /** Of how many; undefined when it goes on until a window is closed. */
  readonly of: number | undefined;
  readonly warmUp: boolean;
}

export interface Report {
  readonly about: About;
  readonly figures: Figures | undefined;
  readonly answersChecked: number;
  readonly error?: string;
}

/** A picture of both windows: PNG files as data URLs, and what stands above them. */
export interface Picture {
  readonly stock: string;
  readonly ringwire: string;
  readonly figures: { readonly stock: Figures; readonly ringwire: Figures };
  readonly caption: string;
}

/** Conductor to application. */
export type Order =
  | { readonly type: 'place'; readonly x: number; readonly y: number }
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'rival'; readonly figures: Figures }
  | { readonly type: 'photograph' }
  | { readonly type: 'compose'; readonly picture: Picture }
  | { readonly type: 'quit' };

/** Application to conductor; each answers one order, except `ready`, which is the first word. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'photo'; readonly png: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string };

/** What the preload gives to the page as `window.demo`. */
export interface DemoBridge {
  about(): Promise<About>;
  measure(scenario: ScenarioId): Promise<Measurement>;
  report(report: Report): void;
  onTurn(listener: (turn: Turn) => void): void;
  onRival(listener: (figures: Figures) => void): void;
  picture(): Promise<Picture>;
  pictureShown(): void;
}

/** Electron's classes, as far as they are JavaScript after the sources of the versions named. */
import { EventEmitter } from 'node:events';
import { addContentsListeners, addSessionListeners } from './stand-in-dispatchers.ts';
import type {
  Contents,
  Electron,
  Forms,
  Frame,
  Handler,
  IpcMain,
  Session,
} from './stand-in-types.ts';

type IpcMainClass = new () => IpcMain;

/** lib/browser/ipc-main-impl.ts of 22.3.27 and of 25.9.8. */
export function ipcMainClass(forms: Forms): IpcMainClass {
  return class IpcMainImpl extends EventEmitter implements IpcMain {
    readonly _invokeHandlers = new Map<string, Handler>();

    handle = (method: string, fn: Handler): void => {
      this._invokeHandlers.set(method, forms.reply === 'event' ? wrapped(fn) : fn);
    };
  };
}

function wrapped(fn: Handler): Handler {
  return async (event, ...args) => {
    (event as { _reply(value: unknown): void })._reply(await fn(event, ...args));
  };
}

/** lib/browser/api/web-frame-main.ts of 33.4.11, the same in all versions. */
export function frameClass(
  electron: Electron,
  Ipc: IpcMainClass,
): new (
  contents: Contents,
) => Frame {
  let frames = 0;
  class WebFrameMain implements Frame {
    readonly contents: Contents;
    readonly processId = 7;
    readonly routingId: number = ++frames;
    readonly frameTreeNodeId: number = 100 + frames;
    readonly osProcessId: number = process.pid;
    readonly url: string = 'https://example.com/';
    readonly sent: unknown[][] = [];
    declare readonly ipc: IpcMain;

    constructor(contents: Contents) {
      this.contents = contents;
      electron.frames.push(this);
    }

    _send(internal: boolean, channel: string, args: unknown[]): void {
      this.sent.push([internal, channel, args]);
    }

    _postMessage(...args: unknown[]): void {
      this.sent.push(args);
    }

    send(channel: string, ...args: unknown[]): void {
      this._send(false, channel, args);
    }

    isDestroyed(): boolean {
      return !electron.frames.includes(this);
    }
  }
  if (electron.forms.frameIpc !== 'none') {
    Object.defineProperty(WebFrameMain.prototype, 'ipc', {
      get() {
        const ipc = new Ipc();
        Object.defineProperty(this, 'ipc', { value: ipc });
        return ipc;
      },
    });
  }
  return WebFrameMain;
}

/** lib/browser/api/web-contents.ts of 36.9.5. */
export function contentsClass(
  electron: Electron,
  Ipc: IpcMainClass,
): new (
  id: number,
  session: Session,
  type: string,
) => Contents {
  return class WebContents extends EventEmitter implements Contents {
    readonly id: number;
    readonly session: Session;
    readonly type: string;
    readonly ipc: IpcMain = new Ipc();
    readonly mainFrame: Frame;

    constructor(id: number, session: Session, type: string) {
      super();
      this.id = id;
      this.session = session;
      this.type = type;
      this.mainFrame = new electron.WebFrameMain(this);
    }

    _init(): void {
      if (electron.forms.emitter !== 'session') addContentsListeners(electron, this);
      electron.app.emit('web-contents-created', { sender: this }, this);
    }

    getType(): string {
      return this.type;
    }

    isDestroyed(): boolean {
      return false;
    }

    sendToFrame(_frame: unknown, channel: string, ...args: unknown[]): void {
      this.mainFrame.send(channel, ...args);
    }
  };
}

/** lib/browser/api/session.ts of 34.5.8, 35.7.5 and 43.4.1. */
export function sessionClass(electron: Electron): new () => Session {
  class SessionBase extends EventEmitter {
    _init(): void {
      if (electron.forms.emitter !== 'webContents') addSessionListeners(electron, this);
    }
  }
  return electron.forms.preloads === 'list' ? withList(SessionBase) : withScripts(SessionBase);
}

type SessionBase = new () => EventEmitter & { _init(): void };

function withList(Base: SessionBase): new () => Session {
  return class Session extends Base {
    #paths: string[] = [];

    setPreloads(paths: string[]): void {
      this.#paths = paths;
    }

    getPreloads(): string[] {
      return this.#paths;
    }
  };
}

interface Script {
  readonly type: string;
  readonly filePath: string;
  readonly id?: string;
}

function withScripts(Base: SessionBase): new () => Session {
  return class Session extends Base {
    #scripts: Script[] = [];
    #ids = 0;

    registerPreloadScript(script: Script): string {
      const { id = `script ${++this.#ids}` } = script;
      this.#scripts.push({ ...script, id });
      return id;
    }

    unregisterPreloadScript(id: string): void {
      this.#scripts = this.#scripts.filter((script) => script.id !== id);
    }

    getPreloadScripts(): Script[] {
      return this.#scripts;
    }

    getPreloads(): string[] {
      const frames = this.getPreloadScripts().filter(({ type }) => type === 'frame');
      return frames.map(({ filePath }) => filePath);
    }

    setPreloads(paths: string[]): void {
      for (const { type, id = '' } of this.getPreloadScripts()) {
        if (type === 'frame') this.unregisterPreloadScript(id);
      }
      for (const filePath of paths) this.registerPreloadScript({ type: 'frame', filePath });
    }
  };
}

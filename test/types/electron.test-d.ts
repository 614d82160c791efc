import type { IpcMain, IpcRenderer } from 'electron';
import { describe, expectTypeOf, it } from 'vitest';
import * as main from '../../lib/main.ts';
import { type FramePath, ipcMain, paths, register } from '../../lib/main.ts';
import * as renderer from '../../lib/renderer.ts';
import { ipcRenderer, path, type RendererPath } from '../../lib/renderer.ts';

describe('in place of Electron', () => {
  it("ipcMain and ipcRenderer have Electron's own types", () => {
    expectTypeOf(ipcMain).toEqualTypeOf<IpcMain>();
    expectTypeOf(ipcRenderer).toEqualTypeOf<IpcRenderer>();
  });
});

describe('paths', () => {
  it('main lists every frame, a renderer knows its own', () => {
    expectTypeOf(paths).returns.toEqualTypeOf<FramePath[]>();
    expectTypeOf(path).returns.toEqualTypeOf<RendererPath>();
  });

  it('a path is the ring or stock IPC', () => {
    expectTypeOf<FramePath['path']>().toEqualTypeOf<'ring' | 'stock'>();
    expectTypeOf<RendererPath['path']>().toEqualTypeOf<'ring' | 'stock'>();
  });

  it('a reason is one of a closed list of words', () => {
    expectTypeOf<FramePath['reason']>().toEqualTypeOf<RendererPath['reason']>();
    expectTypeOf<'sandboxed'>().toExtend<NonNullable<FramePath['reason']>>();
    expectTypeOf<string>().not.toExtend<NonNullable<FramePath['reason']>>();
  });
});

it('shared buffers are the same on both sides', () => {
  expectTypeOf(main.createSharedBuffer).toEqualTypeOf(renderer.createSharedBuffer);
  expectTypeOf<main.SharedBuffer>().toEqualTypeOf<renderer.SharedBuffer>();
  expectTypeOf(main.createSharedBuffer).returns.toEqualTypeOf<main.SharedBuffer>();
});

it('register needs no arguments, and takes a codec that Electron once had', () => {
  expectTypeOf(register).toBeCallableWith();
  expectTypeOf(register).toBeCallableWith({ codec: 'json' });
  // @ts-expect-error: Electron's IPC never had this one
  register({ codec: 'msgpack' });
  expectTypeOf(register).returns.toBeVoid();
});

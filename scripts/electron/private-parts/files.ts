/** The files of Electron that say what its private parts are like. */
export const webContents: string = 'lib/browser/api/web-contents.ts';
export const dispatch: string = 'lib/browser/ipc-dispatch.ts';
export const guestViews: string = 'lib/browser/guest-view-manager.ts';
export const ipcMain: string = 'lib/browser/ipc-main-impl.ts';
export const webFrameMain: string = 'lib/browser/api/web-frame-main.ts';
export const ipcRenderer: string = 'lib/renderer/api/ipc-renderer.ts';
export const rendererInit: string = 'lib/renderer/common-init.ts';
export const rendererSetup: string = 'lib/renderer/ipc-native-setup.ts';
export const nativeContents: string = 'shell/browser/api/electron_api_web_contents.cc';
export const nativeHandler: string = 'shell/browser/electron_api_ipc_handler_impl.cc';
export const nativeFrame: string = 'shell/browser/api/electron_api_web_frame_main.cc';
export const nativeSession: string = 'shell/browser/api/electron_api_session.cc';
export const nativeEvent: string = 'shell/common/gin_helper/event_emitter.cc';
export const nativeClient: string = 'shell/renderer/electron_renderer_client.cc';

/** All that the parts are read from. */
export const paths: readonly string[] = [
  ...[webContents, dispatch, guestViews, ipcMain, webFrameMain, ipcRenderer, rendererInit],
  ...[rendererSetup, nativeContents, nativeHandler, nativeFrame],
  ...[nativeSession, nativeEvent, nativeClient],
];

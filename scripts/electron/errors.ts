/** What can go wrong before an Electron runs; `code` is for programs, `message` says what to do. */
export type SetupErrorCode =
  | 'ERR_SETUP_PLATFORM'
  | 'ERR_SETUP_NO_NETWORK'
  | 'ERR_SETUP_DOWNLOAD'
  | 'ERR_SETUP_INTEGRITY'
  | 'ERR_SETUP_UNPACK'
  | 'ERR_SETUP_PACKAGES'
  | 'ERR_SETUP_VERSION'
  | 'ERR_ELECTRON_NOT_FOUND'
  | 'ERR_ELECTRON_BROKEN'
  | 'ERR_ELECTRON_NO_STARTER'
  | 'ERR_ELECTRON_NO_DISPLAY';

export class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly code: SetupErrorCode;

  constructor(code: SetupErrorCode, message: string, options?: ErrorOptions) {
    super(`${message} [${code}]`, options);
    this.code = code;
  }
}

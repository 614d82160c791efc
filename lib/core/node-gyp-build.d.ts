declare module 'node-gyp-build' {
  /** Where the prebuilt or compiled addon of the package in `folder` is. */
  export function path(folder: string): string;
}

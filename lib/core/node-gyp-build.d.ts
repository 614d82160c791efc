declare module 'node-gyp-build' {
  /** Loads the prebuilt or compiled addon of the package in `folder`. */
  export default function load(folder: string): unknown;
}

declare module 'node-gyp-build' {
  const nodeGypBuild: {
    /** Where the prebuilt or compiled addon of the package in `folder` is. */
    path(folder: string): string;
  };
  export default nodeGypBuild;
}

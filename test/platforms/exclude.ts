import { basename } from 'node:path';
import { beforeEach } from 'vitest';
import { excludedOnWindows } from './exclusions.ts';

beforeEach((context) => {
  const { file, fullTestName } = context.task;
  const found = excludedOnWindows.find(
    (each) => each.file === basename(file.filepath) && each.test === fullTestName,
  );
  if (found) context.skip(found.reason);
});

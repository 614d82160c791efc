import { onTestFinished } from 'vitest';

/** Lets this process pass for one on another system, until the test is finished. */
export function passFor(platform: string, arch: string, electron?: string): void {
  const versions = { ...process.versions, electron };
  for (const [name, value] of Object.entries({ platform, arch, versions })) {
    const usual = Object.getOwnPropertyDescriptor(process, name) as PropertyDescriptor;
    Object.defineProperty(process, name, { ...usual, value });
    onTestFinished(() => void Object.defineProperty(process, name, usual));
  }
}

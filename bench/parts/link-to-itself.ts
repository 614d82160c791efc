import { randomBytes } from 'node:crypto';
import { loadNative } from '../../lib/core/load-native.ts';
import { isFailure, type NativeFailure, type NativeLink } from '../../lib/core/native.ts';

/** Both ends of a link, in this process. */
export async function linkToItself(): Promise<readonly [near: NativeLink, far: NativeLink]> {
  const native = loadNative();
  const token = randomBytes(native.limits.tokenLength);
  const address = `ringwire/itself/${process.pid}/${randomBytes(16).toString('hex')}`;
  let accepted: (link: NativeLink) => void = () => {};
  const far = new Promise<NativeLink>((resolve) => {
    accepted = resolve;
  });
  const listener = native.listen(address, {
    eventCapacity: 1 << 18,
    replyCapacity: 1 << 17,
    authorize: () => true,
    onLink: (link) => accepted(link),
  });
  const near = new Promise<NativeLink>((resolve, reject) => {
    const done = (link: NativeLink | NativeFailure): void => {
      if (isFailure(link)) reject(new Error(`connecting: status ${link}`));
      else resolve(link);
    };
    const failed = native.connect(address, token, done);
    if (isFailure(failed)) done(failed);
  });
  const both = await Promise.all([near, far]);
  listener.close();
  return both;
}

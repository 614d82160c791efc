import { inspect } from 'node:util';
import { RingwireError } from '../errors.ts';
import type { CodecName } from '../types.ts';
import type { Codec } from './base.ts';
import { jsonCodec, structuredCodec } from './codec.ts';

/** Makes a codec for one connection. */
export type MakeCodec = () => Codec;

/**
 * The codec of that name. MessagePack is loaded only where it is chosen: it is 80 KB of code.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT`
 */
export function loadCodec(name: CodecName = 'structured'): MakeCodec | Promise<MakeCodec> {
  switch (name) {
    case 'structured':
      return structuredCodec;
    case 'json':
      return jsonCodec;
    case 'msgpack':
      return import('./msgpack.ts').then(({ msgpackCodec }) => msgpackCodec);
    default:
      throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
        detail: `codec is 'structured', 'json' or 'msgpack', not ${inspect(name)}`,
      });
  }
}

/** A Unix socket: each message is its length and then its value by msgpackr. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packr } from 'msgpackr';
import type { NodeContender } from '../contender.ts';
import { Deframer } from './deframer.ts';
import { overPipe, type Packet, type Pipe, servePipe } from './packets.ts';

const addressVariable = 'RINGWIRE_BENCH_SOCKET';

export const unixSocket: NodeContender = {
  id: 'unix-socket',
  title: 'Unix socket, msgpackr',
  can: ['request', 'post'],
  async connect({ script, env }) {
    const address = join(tmpdir(), `ringwire-bench-${randomBytes(8).toString('hex')}`);
    const server = createServer().listen(address);
    await once(server, 'listening');
    fork(script, { env: { ...env, [addressVariable]: address } }).disconnect();
    const [socket] = (await once(server, 'connection')) as [Socket];
    server.close();
    await rm(address, { force: true });
    return overPipe(overSocket(socket));
  },
  async serve(service) {
    const socket = dial(process.env[addressVariable] as string);
    await once(socket, 'connect');
    servePipe(overSocket(socket), service);
  },
};

function overSocket(socket: Socket): Pipe {
  const packr = new Packr({ useRecords: false });
  let corked = false;
  return {
    send(packet) {
      if (!corked) {
        // What is sent in one turn leaves in one system call.
        corked = true;
        socket.cork();
        process.nextTick(() => {
          corked = false;
          socket.uncork();
        });
      }
      const body = packr.pack(packet);
      const head = Buffer.allocUnsafe(4);
      head.writeUInt32LE(body.length);
      socket.write(head);
      socket.write(body);
    },
    onPacket(listener) {
      const deframer = new Deframer((body) => listener(packr.unpack(body) as Packet));
      socket.on('data', (chunk) => deframer.push(chunk));
    },
    close: () => void socket.end(),
  };
}

// The line between Codex and the scripted model: a relay that can be cut and restored, like a network.
// While it is cut, connections are refused, as if the server were down. It has a loopback address of its own: a port of
// the common one could be given to another server until the line is restored.

import { randomInt } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type LineToModel = {
  /** The value for Codex's `base_url`. It stays the same across cuts. */
  url: string;
  /** Closes every connection, and refuses new ones until the line is restored. */
  cut(): Promise<void>;
  mend(): Promise<void>;
};

export async function openLine(modelUrl: string): Promise<LineToModel> {
  const address = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const modelPort = Number(new URL(modelUrl).port);
  const sockets = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(modelPort, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      relay.once('error', reject);
      relay.listen(port, address, () => {
        relay.off('error', reject);
        resolve();
      });
    });
  await listen(0);
  const { port } = relay.address() as AddressInfo;
  return {
    url: `http://${address}:${port}/v1`,
    cut: async () => {
      if (!relay.listening) return;
      const closed = new Promise<void>((resolve) => relay.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => (relay.listening ? Promise.resolve() : listen(port)),
  };
}

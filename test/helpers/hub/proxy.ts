// A proxy on loopback between machines and a hub, whose directions can stand still, and which can cut them off.

import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';

type Direction = 'to the hub' | 'from the hub';

export class HubProxy {
  readonly #server: Server;
  readonly #sockets = new Map<Socket, Direction>();
  readonly #frozen = new Set<Direction>();
  #bytesUntilCut = Infinity;

  private constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((client) => {
      const hub = createConnection({ host: hostname, port: Number(port) });
      this.#pass(client, hub, 'to the hub');
      this.#pass(hub, client, 'from the hub');
    });
  }

  static async start(target: string): Promise<HubProxy> {
    const proxy = new HubProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  freeze(...directions: Direction[]): void {
    for (const direction of directions) this.#frozen.add(direction);
    for (const [socket, direction] of this.#sockets) {
      if (this.#frozen.has(direction)) socket.pause();
    }
  }

  thaw(): void {
    this.#frozen.clear();
    for (const socket of this.#sockets.keys()) socket.resume();
  }

  /** All connections end when the hub has sent that much more. */
  cutAfter(bytes: number): void {
    this.#bytesUntilCut = bytes;
  }

  async end(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(from: Socket, to: Socket, direction: Direction): void {
    this.#sockets.set(from, direction);
    from.on('data', (data) => {
      if (direction === 'from the hub') this.#bytesUntilCut -= data.length;
      if (this.#bytesUntilCut < 0) from.destroy();
      else to.write(data);
    });
    from.on('error', () => {});
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    if (this.#frozen.has(direction)) from.pause();
  }
}

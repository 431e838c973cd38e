// A network of its own for each machine of the trial, and one for the hub, on one bridge: so that a link can be cut, also in one
// direction. It takes root, and `ip`. The models are reached past the cut links: a Codex that is not ended goes on.

import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';

export type Link = 'both ways' | 'to the hub' | 'from the hub';

export type Host = {
  address: string;
  /** What a command line begins with to run there. */
  through: readonly string[];
};

export type LinkedHost = Host & {
  /** From now on nothing comes through, and nobody is told. */
  cut(link: Link): void;
  mend(): void;
};

export type Network = {
  hub: Host;
  machines: readonly LinkedHost[];
  /** Makes a port of this process's own loopback one that all hosts reach. */
  reached(port: number): Promise<string>;
  end(): void;
};

export function makeNetwork(machines: number): Network {
  const prefix = `at${process.pid}`;
  const subnet = `10.${randomInt(64, 250)}.${randomInt(1, 250)}`;
  const bridge = `${prefix}b`;
  const gateway = `${subnet}.254`;
  const servers: Server[] = [];
  const spaces: string[] = [];

  ip('link', 'add', bridge, 'type', 'bridge');
  ip('address', 'add', `${gateway}/24`, 'dev', bridge);
  ip('link', 'set', bridge, 'up');

  const addHost = (number: number): Host & { space: string } => {
    const space = `${prefix}-${number}`;
    const port = `${prefix}v${number}`;
    const address = `${subnet}.${number}`;
    ip('netns', 'add', space);
    spaces.push(space);
    ip('link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
    ip('link', 'set', port, 'master', bridge, 'up');
    ip('-n', space, 'address', 'add', `${address}/24`, 'dev', 'eth0');
    for (const device of ['eth0', 'lo']) ip('-n', space, 'link', 'set', device, 'up');
    return { space, address, through: ['ip', 'netns', 'exec', space] };
  };

  const hub = addHost(1);
  const linked = (number: number): LinkedHost => {
    const host = addHost(number);
    const blinded: [space: string, to: string][] = [];
    return {
      ...host,
      cut: (link) => {
        if (link !== 'from the hub') blinded.push([host.space, hub.address]);
        if (link !== 'to the hub') blinded.push([hub.space, host.address]);
        // A card that nobody has: what is sent there is lost, in silence.
        for (const [space, to] of blinded) {
          ip(...inSpace(space, 'replace', to), 'lladdr', '02:00:00:00:00:99', 'nud', 'permanent');
        }
      },
      mend: () => {
        for (const [space, to] of blinded.splice(0)) ip(...inSpace(space, 'delete', to));
      },
    };
  };

  return {
    hub,
    machines: Array.from({ length: machines }, (_, index) => linked(index + 2)),
    reached: async (port) => {
      const server = createServer((from) => {
        const to = connect(port, '127.0.0.1');
        from.pipe(to).pipe(from);
        for (const socket of [from, to]) socket.on('error', () => from.destroy() && to.destroy());
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, gateway, resolve));
      return `${gateway}:${(server.address() as AddressInfo).port}`;
    },
    end: () => {
      for (const server of servers) server.close();
      for (const space of spaces) ip('netns', 'delete', space);
      ip('link', 'delete', bridge);
    },
  };
}

function inSpace(space: string, what: string, to: string): string[] {
  return ['-n', space, 'neighbour', what, to, 'dev', 'eth0'];
}

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

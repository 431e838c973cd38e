// Where a hub listens, as it stands on the command line: `0.0.0.0:4222`, `127.0.0.1`, `[::1]:4222`.

export type ListenAddress = { host: string; port: number };

export const defaultListen: ListenAddress = { host: '0.0.0.0', port: 4222 };

/** Null if it is none. */
export function readListenAddress(text: string): ListenAddress | null {
  const [, six, other, digits] =
    /^(?:\[([0-9a-f:]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = six ?? other;
  const port = digits === undefined ? defaultListen.port : Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return null;
  return { host, port };
}

/** Only this machine can reach it. */
export function isLoopback({ host }: Pick<ListenAddress, 'host'>): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export function addressAsTyped({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

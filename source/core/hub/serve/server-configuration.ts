// The configuration of nats-server for a hub. It is written anew each time; what is to stay different needs a server of
// one's own.

import { rightsOf, type HubUser } from './rights.ts';

type HubServer = {
  host: string;
  port: number;
  /** Where it keeps its store, and writes its log. */
  storeDirectory: string;
  logFile: string;
  /** Null on loopback only. */
  tls: { certificateFile: string; keyFile: string } | null;
  users: readonly HubUser[];
};

export function serverConfiguration(server: HubServer): string {
  const { host, port, storeDirectory, logFile, tls, users } = server;
  const listen = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return [
    '# Written by autonomous-tui --serve-hub, and written over by the next one.',
    `listen: ${quoted(listen)}`,
    'server_name: autonomous-tui-hub',
    // A record of a run with its messages is far smaller; a whole conversation comes in pieces.
    'max_payload: 4MB',
    `jetstream { store_dir: ${quoted(storeDirectory)} }`,
    `log_file: ${quoted(logFile)}`,
    'logfile_size_limit: 10MB',
    ...(tls === null
      ? []
      : [
          `tls { cert_file: ${quoted(tls.certificateFile)}, key_file: ${quoted(tls.keyFile)}, timeout: 5 }`,
        ]),
    'authorization {',
    '  users: [',
    ...users.map(userLine),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function userLine(user: HubUser): string {
  const { publish, subscribe } = rightsOf(user);
  const list = (subjects: readonly string[]): string => `[${subjects.map(quoted).join(', ')}]`;
  return `    { nkey: ${quoted(user.publicKey)}, permissions: { publish: { allow: ${list(publish)} }, subscribe: { allow: ${list(subscribe)} } } }`;
}

/** Quoted, nothing in it is a variable or the end of the value. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

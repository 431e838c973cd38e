// Names in a hub: which bucket holds what, and how a name of ours becomes a key. Keys are subjects of NATS, where `.`, `*`,
// `>` and blanks have a meaning. A name is text from anywhere, so each character that is not a plain one is written as
// `=` and four hexadecimal digits. Two names never have the same key, and no name leaves its place in it.
//
//   machine-b:/home/ann/shop/docs  →  task.machine-b./home/ann/shop.docs

import { placeOf, type TaskKey } from '../task/task-key.ts';

/** `texts`: the list and notes of tasks; a hub of an older version has none. */
export type HubBucket = 'tasks' | 'machines' | 'accounts' | 'requests' | 'texts';

/** They may be on a server that holds others' buckets, too. */
export const hubBuckets: Readonly<Record<HubBucket, string>> = {
  tasks: 'autonomous-tasks',
  machines: 'autonomous-machines',
  accounts: 'autonomous-accounts',
  requests: 'autonomous-requests',
  texts: 'autonomous-texts',
};

/** Where the conversations of tasks are, in an object store. */
export const hubConversations = 'autonomous-conversations';

/** A subject has to fit into a line of NATS (4096 bytes), beside another one. */
const maxKeyLength = 1500;

/** Null if the place has no machine or project, or is too long for a hub. */
export function hubTaskKey(key: TaskKey): string | null {
  const { host, project, name } = placeOf(key);
  if (host === undefined || project === undefined) return null;
  return bounded(`task.${token(host)}.${token(project)}.${token(name)}`);
}

/** The task of a key that the hub names; null if it is not one that `hubTaskKey` makes. */
export function taskOfHubKey(hubKey: string): TaskKey | null {
  const parts = hubKey.split('.');
  const [kind, ...tokens] = parts;
  if (kind !== 'task' || tokens.length !== 3 || hubKey.length > maxKeyLength) return null;
  const [host = '', project = '', name = ''] = tokens.map(untoken);
  const key = `${host}:${project}/${name}`;
  // Only one spelling is a task's: a hostile machine must not show one task twice.
  return hubTaskKey(key) === hubKey ? key : null;
}

/** Where the owner of a task answers requests: in the bucket of the requests, and no task's own key. */
export function hubAnswerKey(taskKey: string): string {
  return `${taskKey}.answer`;
}

/** Where a piece of what the user tells a task is, beside its requests. With `*`, all of them. */
export function hubPieceKey(taskKey: string, piece: string): string {
  return `${taskKey}.tell.${piece}`;
}

/** The name of the piece in such a key. */
export function pieceOfHubKey(hubKey: string): string {
  return hubKey.slice(hubKey.lastIndexOf('.') + 1);
}

/** Where a machine writes the texts of a task. With `*`, those of all machines. */
export function hubTextsKey(machine: string, taskKey: string): string {
  return `${machine}.${taskKey}`;
}

export function hubMachineKey(machine: string): string {
  return `machine.${token(machine)}`;
}

/** Null if the name is too long for a hub. */
export function hubAccountKey(account: string): string | null {
  return bounded(`account.${token(account)}`);
}

const machineName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** A machine's name in a hub goes into keys, subjects and file names as it is. */
export function isMachineName(name: string): boolean {
  return machineName.test(name);
}

/** A machine's name from what the system calls it. `suffix`: where others may be called the same. */
export function machineNameFrom(hostname: string, suffix = ''): string {
  const first = hostname.split('.')[0] ?? '';
  const plain = first.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return [plain.slice(0, 40) || 'machine', suffix].filter((part) => part !== '').join('-');
}

function bounded(key: string): string | null {
  return key.length > maxKeyLength ? null : key;
}

function token(text: string): string {
  if (text === '') return '=';
  return text.replaceAll(
    /[^A-Za-z0-9_/-]/g,
    (unit) => `=${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function untoken(text: string): string {
  if (text === '=') return '';
  return text.replaceAll(/=([0-9a-f]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

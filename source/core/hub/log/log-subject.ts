// Which stream of a hub holds the logs of tasks, and under which subject a machine sends one. Each log file of a task on a
// machine has a subject of its own, so that the server keeps its pieces in their order.
//
//   autonomous-logs.machine-b.1-9f3a…c2.task.machine-a./home/ann/shop.docs

import { isMachineName, taskOfHubKey } from '../hub-names.ts';

export const logStream = 'autonomous-logs';

/**
 * `log` names a file: another one in its place has another name. `key`: of the task, in the hub. The number in front grows
 * with each file of the task on that machine.
 */
export type LogName = { machine: string; log: string; key: string };

export function logSubject({ machine, log, key }: LogName): string {
  return `${logStream}.${machine}.${log}.${key}`;
}

/** Of all logs of a task. */
export function logsOf(key: string): string {
  return logSubject({ machine: '*', log: '*', key });
}

/** Null if it is not the subject of a log. */
export function readLogSubject(subject: string): LogName | null {
  const [stream, machine = '', log = '', ...rest] = subject.split('.');
  const key = rest.join('.');
  if (stream !== logStream || !isMachineName(machine) || !isLogId(log)) return null;
  return taskOfHubKey(key) === null ? null : { machine, log, key };
}

const logId = /^([1-9]\d{0,8})-[0-9a-f]{16}$/;

export function isLogId(text: string): boolean {
  return logId.test(text);
}

/** `random`: hexadecimal digits, 16 or more; others are left out. */
export function logIdOf(number: number, random: string): string {
  return `${number}-${random.replaceAll(/[^0-9a-f]/g, '').slice(0, 16)}`;
}

/** Which file of its machine it is; 0 if it is none. */
export function logNumber(id: string): number {
  return Number(logId.exec(id)?.[1] ?? 0);
}

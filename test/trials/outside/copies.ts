// Whether each session in session.log is what Codex wrote: its digest is stored, and its own file is gone.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WholeLog } from './whole-log.ts';

type Copy = { uuid: string; offset: number; length: number; sha256: string | null };

type CopyPlaces = { state: string; taskPath(task: string): string };

/** Breaches, one sentence each. Only where nobody but the runner wrote into session.log. */
export async function unequalCopies(
  { state, taskPath }: CopyPlaces,
  logs: readonly WholeLog[],
): Promise<string[]> {
  const breaches: string[] = [];
  const files = await readdir(state, { recursive: true });
  for (const left of files.filter((name) => /(?:^|\/)live-[^/]+$/u.test(name))) {
    if (!(await goesNext(join(state, left)))) breaches.push(`what Codex wrote is left: ${left}`);
  }
  for (const { task, sessions } of logs) {
    const log = await readFile(join(taskPath(task), 'session.log'));
    const own = files.find((name) => name.endsWith(`/${task}/session.copies`));
    const text = own === undefined ? '' : await readFile(join(state, own), 'utf8');
    const copies = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Copy);
    for (const { uuid, number } of sessions) {
      // A runner that died before its record was written compares again: the last one counts.
      const copy = copies.findLast((one) => one.uuid === uuid);
      const where = `${task}, session ${number}`;
      if (copy === undefined) breaches.push(`${where}: no digest of its copy is stored`);
      else if (copy.sha256 === null) breaches.push(`${where}: session.log is not what Codex wrote`);
      else if (digestOf(log, copy) !== copy.sha256) breaches.push(`${where}: its digest differs`);
    }
  }
  return breaches;
}

/** What a runner left that died before it removed the last session's output: the next one does. */
async function goesNext(path: string): Promise<boolean> {
  const record = await readFile(join(dirname(path), 'run.json'), 'utf8').catch(() => '{}');
  const { session } = JSON.parse(record) as {
    session?: { uuid: string; ended: { copy: unknown } | null } | null;
  };
  return session?.ended?.copy != null && path.includes(session.uuid);
}

function digestOf(log: Buffer, { offset, length }: Copy): string {
  return createHash('sha256')
    .update(log.subarray(offset, offset + length))
    .digest('hex');
}

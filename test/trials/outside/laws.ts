// The laws that must hold whatever happens, checked against the journal, the process table and the logs. Each check
// returns a list of breaches, one sentence each; empty if the law holds.

import type { Asked } from './asked.ts';
import type { Together } from './process-watch.ts';
import { completedTools, type WholeLog } from './whole-log.ts';

/** No two sessions of one task live at the same time. Different tasks may. */
export function besideEachOther(
  together: readonly Together[],
  logs: readonly WholeLog[],
): string[] {
  const taskOf = new Map<string, string>();
  for (const { task, sessions } of logs) for (const { uuid } of sessions) taskOf.set(uuid, task);
  const breaches = new Set<string>();
  for (const { uuids } of together) {
    const tasks = uuids.map((uuid) => taskOf.get(uuid) ?? 'a session that is in no log');
    for (const task of new Set(tasks)) {
      const own = uuids.filter((_, index) => tasks[index] === task);
      if (own.length > 1) breaches.add(`${task}: ${own.map(short).join(' and ')} lived together`);
    }
  }
  return [...breaches];
}

/** Once a session has sent a request, no earlier session of that task sends one. */
export function interleaved(journal: readonly Asked[]): string[] {
  const breaches: string[] = [];
  const latest = new Map<string, number>();
  for (const { task, session } of journal) {
    const last = latest.get(task) ?? 0;
    if (session < last)
      breaches.push(`${task}: session ${session} sent a request after session ${last} had`);
    latest.set(task, Math.max(last, session));
  }
  return breaches;
}

/** Every tool output that the model got is in the session's log: Codex writes the log first. */
export function missingLines(journal: readonly Asked[], logs: readonly WholeLog[]): string[] {
  const breaches: string[] = [];
  for (const { task, sessions } of logs) {
    const asked = new Map<number, number>();
    for (const one of journal) {
      if (one.task !== task) continue;
      asked.set(one.session, Math.max(asked.get(one.session) ?? 0, one.tools));
    }
    for (const [number, tools] of asked) {
      const logged = sessions.filter((session) => session.number === number);
      if (logged.length !== 1) {
        breaches.push(`${task}: session ${number} is in the log ${logged.length} times`);
      } else if (completedTools(logged[0]!) < tools) {
        breaches.push(
          `${task}: session ${number} reported ${tools} tools, the log has ${completedTools(logged[0]!)}`,
        );
      }
    }
  }
  return breaches;
}

/**
 * A step that the model knows to be ticked is not worked again. A step that was worked but not ticked is worked again
 * only if the session in between has an excuse: something ended it.
 */
export function workedTwice(
  journal: readonly Asked[],
  isExcused: (task: string, session: number) => boolean,
): string[] {
  const breaches: string[] = [];
  const works = journal.filter(
    ({ moment, step, answeredBy }) => moment === 'work' && step > 0 && answeredBy === null,
  );
  works.forEach((work, index) => {
    const before = works
      .slice(0, index)
      .findLast((one) => one.task === work.task && one.step === work.step);
    if (before === undefined) return;
    const isTicked = journal.some(
      (one) => one.task === before.task && one.session === before.session && one.moment === 'end',
    );
    const step = `${work.task}: step ${work.step} of session ${before.session}`;
    if (before.session === work.session) {
      // Codex repeated the request because the answer did not reach it.
      return;
    }
    if (isTicked) breaches.push(`${step} was ticked, and session ${work.session} worked it again`);
    else if (!isExcused(work.task, before.session)) {
      breaches.push(`${step} had no reason to be worked again in session ${work.session}`);
    }
  });
  return breaches;
}

function short(uuid: string): string {
  return uuid.slice(0, 8);
}

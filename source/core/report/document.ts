// The report as one JSON document; described in docs/report.md.

import { printedJson } from '../json/printed.ts';
import { inOrder, totalsOf, type ProjectReport } from './project-report.ts';
import type { FilesReport, TaskReport } from './task-report.ts';

export function reportJson(report: ProjectReport): string {
  const { project, since, at, gone } = report;
  const tasks = inOrder(report.tasks).map(taskJson);
  const document = {
    ...{ version: 1, project, since: iso(since), at: iso(at) },
    ...{ totals: totalsOf(report), tasks, gone },
  };
  return `${printedJson(document, 2)}\n`;
}

function taskJson(task: TaskReport): object {
  const { state, needsYou, lookAt, happened, steps, sessions, checks, tokens, branch, reviews } =
    task;
  return {
    name: task.task,
    state: state.word,
    reason: state.reason,
    until: iso(state.until),
    needsYou: needsYou !== null,
    lookAt,
    happened,
    steps,
    sessions: {
      ended: sessions.total,
      byOutcome: sessions.byOutcome,
      running: sessions.running,
      unknown: sessions.unknown,
      list: sessions.list.map(({ session, role, from, at, outcome, usage, steps: ticked }) => ({
        ...{ number: session, role, startedAt: iso(from), endedAt: iso(at) },
        ...{ outcome, steps: ticked, usage },
      })),
    },
    checks: checks.map(({ at, ...check }) => ({ ...check, at: iso(at) })),
    waits: task.waits.map(({ for: reason, count, ms, ofUnknownLength }) => ({
      reason,
      count,
      durationMs: ms,
      unknown: ofUnknownLength,
    })),
    tokens: { ...tokens.usage, perStep: tokens.perStep, sessionsWithout: tokens.silent },
    files: filesJson(task.files),
    branch: branch?.name ?? null,
    ahead: branch?.ahead ?? null,
    sharedWith: task.sharedWith,
    guard: task.guard,
    review: reviews.verdict,
    reviews: {
      ...{ rounds: reviews.rounds, rejected: reviews.rejected, unclear: reviews.unclear },
      ...{ sessions: reviews.sessions, tokens: reviews.usage },
    },
  };
}

function filesJson(files: FilesReport | null): object | null {
  if (files === null || 'problem' in files) return files;
  const { count, isCut, added, removed, from, to, list } = files;
  const all = list.map(({ path, lines }) => ({
    path,
    added: lines?.kind === 'lines' ? lines.added : null,
    removed: lines?.kind === 'lines' ? lines.removed : null,
  }));
  return { count, isCut, added, removed, fromSession: from, toSession: to, list: all };
}

function iso(at: number | null): string | null {
  // A time that no date can have is not known.
  return at === null || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}

// The rows for the start and the end of a session in the log:
//
//   12:03:38  ── session 4 · working ──────────────────────────────────
//   12:03:38  ── session 4 · working · log changed ────────────────────     session.log is not what Codex wrote
//   12:06:50  Session 4: completed · 3m 12s · 2 steps · 1.2M in · 34k out

import { copyChanged } from '../../../core/copy/session-copy.ts';
import { roleWord } from '../../../core/task/task.ts';
import type { EntryBody } from '../../../core/log/entry.ts';
import { glyphs } from '../../look/glyphs.ts';
import { duration, steps, tokens } from '../../../core/text/numbers.ts';
import { cutRuns, dim, plain, run, runsWidth, type StyleRun } from '../row.ts';

type SessionBody = Extract<EntryBody, { kind: 'session' }>;

export function sessionHeading(body: SessionBody, width: number): StyleRun[] {
  const { session, role, resumes, copy } = body;
  const words = [
    session === null ? 'session' : `session ${session}`,
    ...(role === null ? [] : [roleWord(role)]),
    ...(resumes === null ? [] : [`resumes ${resumes.slice(0, 8)}`]),
  ].join(` ${glyphs.between} `);
  const changed =
    copy === 'changed'
      ? [run(` ${glyphs.between} `, plain), run(copyChanged, { color: 'failed' })]
      : [];
  const title = cutRuns([run('── ', dim), run(words, plain), ...changed, run(' ')], width);
  return [...title, run('─'.repeat(Math.max(0, width - runsWidth(title))), dim)];
}

/** Empty while the session is under way. `ticked`: how many steps it ticked. */
export function sessionEnd(
  body: SessionBody,
  startedAt: number | null,
  ticked: number,
): StyleRun[] {
  const { session, ended, cost } = body;
  if (ended === null) return [];
  const isTimed = startedAt !== null && ended.at !== null && ended.at > startedAt;
  const parts = [
    `${session === null ? 'Session' : `Session ${session}`}: ${outcomeWords(ended.outcome)}`,
    ...(isTimed ? [duration((ended.at ?? 0) - startedAt)] : []),
    ...(ticked === 0 ? [] : [steps(ticked)]),
    ...(cost === null
      ? []
      : [`${tokens(cost.inputTokens)} in`, `${tokens(cost.outputTokens)} out`]),
  ];
  return [run(parts.join(` ${glyphs.between} `), dim)];
}

/** How a session ended: `completed`, `failed: configuration error`. */
function outcomeWords(outcome: string): string {
  return outcomes.get(outcome) ?? outcome;
}

/** The same for a narrow column: `configuration error`. */
export function shortOutcome(outcome: string): string {
  return outcomeWords(outcome).replace(/^(?:failed: |not started, )/u, '');
}

/** Outcomes, as the log has them, that need other words on the screen. */
const outcomes = new Map([
  ['another writer', 'not started, conversation in use'],
  ['configuration', 'failed: configuration error'],
  ['conversation gone', 'failed: conversation not found'],
  ['login', 'failed: not logged in'],
  ['network', 'network lost'],
  ['no checklist', 'failed: no task list'],
  ['quota', 'failed: quota used up'],
  ['stream lost', 'connection lost'],
  ['unknown', 'failed'],
]);

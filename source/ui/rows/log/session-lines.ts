// Where a session begins and ends in the log:
//
//   12:03:38  ── session 4 · executor ─────────────────────────────────
//   12:06:50  Session 4: completed · 3m 12s · 2 steps · 1.2M in · 34k out

import type { EntryBody } from '../../../core/log/entry.ts';
import { glyphs } from '../../look/glyphs.ts';
import { duration, steps, tokens } from '../../../core/text/numbers.ts';
import { cutRuns, dim, plain, run, runsWidth, type StyleRun } from '../row.ts';

export type SessionBody = Extract<EntryBody, { kind: 'session' }>;

export function sessionHeading(body: SessionBody, width: number): StyleRun[] {
  const { session, role, resumes } = body;
  const words = [
    session === null ? 'session' : `session ${session}`,
    ...(role === null ? [] : [role]),
    ...(resumes === null ? [] : [`resumes ${resumes.slice(0, 8)}`]),
  ].join(` ${glyphs.between} `);
  const title = cutRuns([run('── ', dim), run(words, plain), run(' ')], width);
  return [...title, run('─'.repeat(Math.max(0, width - runsWidth(title))), dim)];
}

/** Empty while the session goes on. `ticked`: how many steps it ticked. */
export function sessionEnd(
  body: SessionBody,
  startedAt: number | null,
  ticked: number,
): StyleRun[] {
  const { session, ended, cost } = body;
  if (ended === null) return [];
  const isTimed = startedAt !== null && ended.at !== null && ended.at > startedAt;
  const words = [
    `${session === null ? 'Session' : `Session ${session}`}: ${ended.outcome}`,
    ...(isTimed ? [duration((ended.at ?? 0) - startedAt)] : []),
    ...(ticked === 0 ? [] : [steps(ticked)]),
    ...(cost === null
      ? []
      : [`${tokens(cost.inputTokens)} in`, `${tokens(cost.outputTokens)} out`]),
  ];
  return [run(words.join(` ${glyphs.between} `), dim)];
}

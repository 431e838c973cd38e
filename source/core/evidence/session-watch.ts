// Who changed the list while a session worked, and which commands ran while it was written. Pure: the runner notes what
// it sees and when. A line was written after the look before the one that found it, so a command is held to have
// been open from that look on: none is missed that was open, however short it was.

import type { CommandFact } from './evidence.ts';
import { baselineAfterEdit } from '../checklist/guard.ts';

/** From the look before the one that found its first line, to the one that found its last; null while it is open. */
export type Span = { from: number; to: number | null };

export type CommandSpan = Span & { command: string; exitCode: number | null };

/** A change of the list, as two looks at it show it. */
export type ListChange = {
  /** The kernel's time of the last write, epoch ms: the agent cannot set it. Where that is not known, the latest it can be. */
  at: number;
  /** The earliest it can be: the same, where it is known. */
  since: number;
  from: string;
  to: string;
  /** A process that the session's commands had left behind lived then. */
  hasProcesses: boolean;
  /** The user made it by a command of this program. */
  isByProgram: boolean;
};

export type SessionWatch = {
  commands: readonly CommandSpan[];
  /** File changes of the session that name the list. */
  listWrites: readonly Span[];
  changes: readonly ListChange[];
  /** A file of the project that the session patched; null if there is none. Commands change files unseen. */
  patched: string | null;
};

/** What the session's evidence needs of its commands: whether each was open when the list was written. */
export function commandFacts(watch: SessionWatch): CommandFact[] {
  const writers = new Set(watch.changes.flatMap((change) => writersOf(change, watch)));
  return watch.commands.map((span) => ({
    command: span.command,
    exitCode: span.exitCode,
    openAtWrite: writers.has(span),
  }));
}

/** A change through the program, or while no command was open, no process lived beside Codex, and no file change named the list. */
function isUsers(change: ListChange, watch: SessionWatch): boolean {
  if (change.isByProgram) return true;
  return !change.hasProcesses && writersOf(change, watch).length === 0;
}

/**
 * Codex begins a command and writes its line at the same time, so that on a busy machine the line of a short command can
 * come after all that it did. A change that nothing else explains may be that of a command whose line came this much
 * later.
 */
const lateMs = 1000;

/** The commands and file changes of the session that may have made the change. */
function writersOf(
  change: ListChange,
  { commands, listWrites }: Pick<SessionWatch, 'commands' | 'listWrites'>,
): readonly Span[] {
  if (change.isByProgram) return [];
  const spans = [...commands, ...listWrites];
  const open = spans.filter((span) => isIn(change, span));
  if (open.length > 0) return open;
  return spans.filter(({ from, to }) => isIn(change, { from: from - lateMs, to }));
}

/** The list to compare with at the session's end: as it was at its start, with the user's changes since. */
export function baselineOf(before: string, watch: SessionWatch): string {
  let baseline = before;
  for (const change of watch.changes) {
    if (!isUsers(change, watch)) continue;
    const { from, to } = change;
    baseline = baselineAfterEdit({ before: baseline, from, to });
  }
  return baseline;
}

/** Whether the change may have happened in that time. */
function isIn({ since, at }: ListChange, { from, to }: Span): boolean {
  // The clock was set back meanwhile: the two times do not say what came first.
  if (at < since || (to !== null && to < from)) return true;
  return at >= from && (to === null || since <= to);
}

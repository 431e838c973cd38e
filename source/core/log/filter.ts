// Which part of a log is shown: one kind of entry, one session, or everything. Lines are picked by their first
// bytes, entries by their body; a line of unknown kind is read to find out.

import type { Entry } from './entry.ts';
import { lineKinds, type LineKind } from './lines/line-kinds.ts';

/** In the order in which the filter key cycles through them. */
export const filterKinds = [
  'messages',
  'commands',
  'failed commands',
  'files',
  'errors',
  'reasoning',
  'to-dos',
  'runner',
] as const;

export type FilterKind = (typeof filterKinds)[number];

export type LogFilter = {
  readonly kind: FilterKind | null;
  /** Entries that begin in this range of byte offsets. */
  readonly session: SessionSpan | null;
};

type SessionSpan = { readonly from: number; readonly to: number };

export const everything: LogFilter = { kind: null, session: null };

export function isFiltered({ kind, session }: LogFilter): boolean {
  return kind !== null || session !== null;
}

export function isSameFilter(a: LogFilter, b: LogFilter): boolean {
  return (
    a.kind === b.kind && a.session?.from === b.session?.from && a.session?.to === b.session?.to
  );
}

const linesByFilter: Record<FilterKind, readonly LineKind[]> = {
  messages: [lineKinds.message],
  commands: [lineKinds.command, lineKinds.failedCommand, lineKinds.commandOver],
  // Its start is needed for its duration.
  'failed commands': [lineKinds.failedCommand, lineKinds.commandOver],
  files: [lineKinds.files],
  errors: [lineKinds.error, lineKinds.warning],
  reasoning: [lineKinds.reasoning],
  'to-dos': [lineKinds.toDos],
  runner: [lineKinds.session, lineKinds.stderr, lineKinds.stderrWarning],
};

/** For each kind of line: whether it may belong to an entry that passes the filter. */
export function linesWanted(kind: FilterKind | null): readonly boolean[] {
  const wanted = kind === null ? null : new Set([lineKinds.unsure, ...linesByFilter[kind]]);
  return Object.values(lineKinds).map((line) => wanted?.has(line) ?? true);
}

export function passesFilter(entry: Entry, { kind, session }: LogFilter): boolean {
  if (session !== null && (entry.offset < session.from || entry.offset >= session.to)) return false;
  return kind === null || isOfKind(entry, kind);
}

function isOfKind({ body }: Entry, kind: FilterKind): boolean {
  switch (kind) {
    case 'messages':
      return body.kind === 'message' || body.kind === 'told';
    case 'commands':
      return body.kind === 'command' || body.kind === 'check';
    case 'failed commands':
      return (
        (body.kind === 'command' && (body.status === 'failed' || body.status === 'declined')) ||
        (body.kind === 'check' && body.outcome !== 'passed')
      );
    case 'files':
      return body.kind === 'file-changes';
    case 'errors':
      return body.kind === 'error' || body.kind === 'warning';
    case 'reasoning':
      return body.kind === 'reasoning';
    case 'to-dos':
      return body.kind === 'to-dos';
    case 'runner':
      return body.kind === 'session' || body.kind === 'stderr';
    default:
      return kind satisfies never;
  }
}

/** `all`, then each kind, then all again. */
export function nextFilterKind(kind: FilterKind | null): FilterKind | null {
  const next = kind === null ? 0 : filterKinds.indexOf(kind) + 1;
  return filterKinds[next] ?? null;
}

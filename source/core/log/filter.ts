// What of a log is shown: one kind of entries, one session, or everything. Lines are picked by what their first
// bytes say, entries by what they turned out to be; a line of which that is not known is looked at.

import type { Entry } from './entry.ts';
import { lineKinds, type LineKind } from './line-kinds.ts';

/** In the order in which a key walks through them. */
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
  /** Byte offsets: what begins from here, and before there. */
  readonly session: SessionSpan | null;
};

export type SessionSpan = { readonly from: number; readonly to: number };

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
  // Where it began says how long it took.
  'failed commands': [lineKinds.failedCommand, lineKinds.commandOver],
  files: [lineKinds.files],
  errors: [lineKinds.error, lineKinds.warning],
  reasoning: [lineKinds.reasoning],
  'to-dos': [lineKinds.toDos],
  runner: [lineKinds.session, lineKinds.stderr],
};

/** Whether a line of this kind may show in an entry that the filter wants, by kind. */
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
      return body.kind === 'message';
    case 'commands':
      return body.kind === 'command';
    case 'failed commands':
      return body.kind === 'command' && (body.status === 'failed' || body.status === 'declined');
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

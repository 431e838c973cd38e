// What a mirror shows of the logs of a task, as a function of the pieces that came: one part after the other, in the order
// of the epochs under which they were written. Where bytes are missing, a line says how many; where a part ends within
// a line and another log goes on, a line break is put between them. All else is byte for byte what the owners wrote.
//
//   {"type":"autonomous.log.hole","bytes":4711,"machine":"machine-b"}

import { logNumber, type LogName } from './log-subject.ts';

/** What of one log was written under one lease. */
export type PartName = Omit<LogName, 'key'> & { epoch: number };

/** Bytes of a log that the mirror has. `endsLine`: the last one ends a line. */
type Range = { offset: number; length: number };
export type Extent = Range & { endsLine: boolean };

/** The order in which parts are shown. */
export function compareParts(one: PartName, other: PartName): number {
  return (
    one.epoch - other.epoch ||
    compareTexts(one.machine, other.machine) ||
    logNumber(one.log) - logNumber(other.log) ||
    compareTexts(one.log, other.log)
  );
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** What of a range is not in any of the extents, which are in order. */
export function missingOf(extents: readonly Range[], { offset, length }: Range): Range[] {
  const missing: Range[] = [];
  const end = offset + length;
  let at = offset;
  for (const extent of extents) {
    if (extent.offset >= end) break;
    if (extent.offset > at) missing.push({ offset: at, length: extent.offset - at });
    at = Math.max(at, extent.offset + extent.length);
  }
  if (at < end) missing.push({ offset: at, length: end - at });
  return missing;
}

/** How far a mirror's file is. */
export type MirrorEnd = {
  endsLine: boolean;
  /** The log of its last bytes. */
  last: string | null;
  /** By log: where its last bytes end. */
  ends: ReadonlyMap<string, number>;
};

export const emptyMirror: MirrorEnd = { endsLine: true, last: null, ends: new Map() };

export function logOf({ machine, log }: Omit<LogName, 'key'>): string {
  return `${machine}.${log}`;
}

/** What stands in the file before an extent that comes next. */
export function textBefore(end: MirrorEnd, part: PartName, { offset }: Range): string {
  const log = logOf(part);
  const bytes = offset - (end.ends.get(log) ?? 0);
  if (bytes <= 0 && end.last === log) return '';
  const lineBreak = end.endsLine ? '' : '\n';
  return bytes > 0 ? `${lineBreak}${holeLine(bytes, part.machine)}\n` : lineBreak;
}

/** How far the file is with the extent. */
export function endWith(end: MirrorEnd, part: PartName, extent: Extent): MirrorEnd {
  const log = logOf(part);
  const ends = new Map(end.ends);
  ends.set(log, Math.max(ends.get(log) ?? 0, extent.offset + extent.length));
  return { endsLine: extent.endsLine, last: log, ends };
}

function holeLine(bytes: number, machine: string): string {
  return JSON.stringify({ type: 'autonomous.log.hole', bytes, machine });
}

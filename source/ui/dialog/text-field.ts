// A text field of one or several lines. The cursor is always between two clusters, so that one Backspace deletes one
// character as a reader sees it. All inserted text, pastes included, first goes through `clean`.

import { clean } from '../../core/text/clean.ts';
import { clustersOf } from '../look/text-width.ts';

export type TextField = {
  readonly text: string;
  /** UTF-16 units from the start; never inside a cluster. */
  readonly cursor: number;
};

export type FieldEdit =
  | { readonly type: 'insert'; readonly text: string }
  | {
      readonly type:
        | 'backspace'
        | 'delete'
        | 'left'
        | 'right'
        | 'home'
        | 'end'
        | 'line-up'
        | 'line-down'
        | 'cut-to-start'
        | 'cut-to-end'
        | 'cut-word';
    };

export type FieldLimits = { readonly maxLength: number; readonly lines: 'one' | 'many' };

export const emptyField: TextField = { text: '', cursor: 0 };

export function fieldWith(text: string): TextField {
  return { text, cursor: text.length };
}

export function editedField(field: TextField, edit: FieldEdit, limits: FieldLimits): TextField {
  const { text, cursor } = field;
  switch (edit.type) {
    case 'insert':
      return inserted(field, edit.text, limits);
    case 'backspace':
      return without(field, before(text, cursor), cursor);
    case 'delete':
      return without(field, cursor, after(text, cursor));
    case 'left':
      return { text, cursor: before(text, cursor) };
    case 'right':
      return { text, cursor: after(text, cursor) };
    case 'home':
      return { text, cursor: lineStart(text, cursor) };
    case 'end':
      return { text, cursor: lineEnd(text, cursor) };
    case 'line-up':
      return { text, cursor: lineStart(text, Math.max(0, lineStart(text, cursor) - 1)) };
    case 'line-down':
      return { text, cursor: lineEnd(text, Math.min(text.length, lineEnd(text, cursor) + 1)) };
    case 'cut-to-start':
      return without(field, lineStart(text, cursor), cursor);
    case 'cut-to-end':
      return without(field, cursor, lineEnd(text, cursor));
    case 'cut-word':
      return without(field, wordStart(text, cursor), cursor);
    default:
      return edit satisfies never;
  }
}

const editsByKey = new Map<string, FieldEdit>([
  ['backspace', { type: 'backspace' }],
  ['ctrl-h', { type: 'backspace' }],
  ['delete', { type: 'delete' }],
  ['ctrl-d', { type: 'delete' }],
  ['left', { type: 'left' }],
  ['ctrl-b', { type: 'left' }],
  ['right', { type: 'right' }],
  ['ctrl-f', { type: 'right' }],
  ['up', { type: 'line-up' }],
  ['down', { type: 'line-down' }],
  ['home', { type: 'home' }],
  ['ctrl-a', { type: 'home' }],
  ['end', { type: 'end' }],
  ['ctrl-e', { type: 'end' }],
  ['ctrl-u', { type: 'cut-to-start' }],
  ['ctrl-k', { type: 'cut-to-end' }],
  ['ctrl-w', { type: 'cut-word' }],
  ['alt-backspace', { type: 'cut-word' }],
]);

/** The edit for a key; null if the key does not edit text. */
export function fieldEditFor(key: { name: string; text: string | null }): FieldEdit | null {
  if (key.text !== null) return { type: 'insert', text: key.text };
  return editsByKey.get(key.name) ?? null;
}

/** As it is in a field of many lines. */
export function fieldText(text: string): string {
  return clean(text, { maxLength: Infinity }).replaceAll('\t', tab);
}

const tab = '    ';

function inserted({ text, cursor }: TextField, addition: string, limits: FieldLimits): TextField {
  const room = Math.max(0, limits.maxLength - text.length);
  const cleaned = clean(addition, { maxLength: room + 1 }).replaceAll('\t', tab);
  const lines = limits.lines === 'one' ? cleaned.replace(/\s*\n\s*/g, ' ') : cleaned;
  const fitting = lines.length <= room ? lines : cutAt(lines, room);
  const whole = text.slice(0, cursor) + fitting + text.slice(cursor);
  return { text: whole, cursor: boundary(whole, cursor + fitting.length) };
}

function without({ text, cursor }: TextField, start: number, end: number): TextField {
  if (start === end) return { text, cursor };
  const rest = text.slice(0, start) + text.slice(end);
  return { text: rest, cursor: boundary(rest, start) };
}

/** Cuts without splitting a surrogate pair. */
function cutAt(text: string, length: number): string {
  const isTorn = /[\ud800-\udbff]/.test(text.charAt(length - 1));
  return text.slice(0, isTorn ? length - 1 : length);
}

/** UTF-16 units around the cursor that are searched for clusters, instead of a whole megabyte. */
const reach = 64;

/** A position well before `cursor` where a cluster surely begins: an ASCII character does not join its predecessor. */
function anchorBefore(text: string, cursor: number): number {
  let anchor = Math.max(0, cursor - reach);
  while (anchor > 0 && text.charCodeAt(anchor) > 0x7e) anchor--;
  return anchor;
}

/** The start of the cluster before `cursor`. */
function before(text: string, cursor: number): number {
  if (cursor <= 0) return 0;
  const clusters = [...clustersOf(text.slice(anchorBefore(text, cursor), cursor))];
  return cursor - (clusters.at(-1)?.text.length ?? 1);
}

/** The end of the cluster after `cursor`. */
function after(text: string, cursor: number): number {
  const [next] = clustersOf(text.slice(cursor, cursor + reach));
  return cursor + (next?.text.length ?? 0);
}

/** `cursor`, or the end of the cluster if it is inside one. */
function boundary(text: string, cursor: number): number {
  let at = anchorBefore(text, cursor);
  for (const cluster of clustersOf(text.slice(at, cursor + reach))) {
    if (at >= cursor) break;
    at += cluster.text.length;
  }
  return Math.max(at, cursor);
}

function lineStart(text: string, cursor: number): number {
  return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf('\n', cursor);
  return end === -1 ? text.length : end;
}

function wordStart(text: string, cursor: number): number {
  const head = text.slice(lineStart(text, cursor), cursor);
  if (head === '') return before(text, cursor);
  return cursor - (/\S*\s*$/.exec(head)?.[0].length ?? 0);
}

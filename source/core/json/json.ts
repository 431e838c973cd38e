// Reads foreign JSON. Fields are read one by one, own properties only, each as the wanted type or as missing:
// so a `__proto__` in the log is a name like any other, and a number in place of a text counts as
// missing. Nothing here throws, whatever the line holds.

import { holdsTooManyValues } from './size.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object that a line holds; null for anything else, and for one that is too large to parse. */
export function parsedObject(line: string): JsonObject | null {
  if (holdsTooManyValues(line)) return null;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function textField(object: JsonObject, name: string): string | null {
  const value = field(object, name);
  return typeof value === 'string' ? value : null;
}

export function numberField(object: JsonObject, name: string): number | null {
  const value = field(object, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A count: a whole number, not below zero. */
export function countField(object: JsonObject, name: string): number | null {
  const value = field(object, name);
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

export function objectField(object: JsonObject, name: string): JsonObject | null {
  const value = field(object, name);
  return isObject(value) ? value : null;
}

/** Empty when the field is not a list. */
export function listField(object: JsonObject, name: string): readonly unknown[] {
  const value = field(object, name);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The objects in a list; other values are skipped. */
export function objectsField(object: JsonObject, name: string): readonly JsonObject[] {
  return listField(object, name).filter(isObject);
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** `"2026-01-29T12:03:40.123Z"` in epoch ms. Without a zone, a time would differ between machines: null. */
export function timeField(object: JsonObject, name: string): number | null {
  const value = textField(object, name);
  if (value === null || !isoTime.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

/** Useful values do not nest deeper, and JSON.stringify overflows the stack on values that JSON.parse accepts. */
const maxDepth = 16;

/** JSON of at most about `maxLength` characters; parts that are too long or too deep become `…`. */
export function jsonText(value: unknown, maxLength: number): string {
  return written(value, { left: maxLength, depth: 0 });
}

type Room = { left: number; depth: number };

function written(value: unknown, room: Room): string {
  if (room.left <= 0) return '…';
  if (typeof value !== 'object' || value === null) return writtenScalar(value, room);
  if (room.depth >= maxDepth) return '…';
  room.depth++;
  const text = Array.isArray(value)
    ? `[${writtenParts(value, room, (part: unknown) => written(part, room))}]`
    : `{${writtenParts(Object.entries(value), room, ([name, part]) => `${writtenScalar(name, room)}:${written(part, room)}`)}}`;
  room.depth--;
  return text;
}

function writtenParts<Part>(
  parts: readonly Part[],
  room: Room,
  write: (part: Part) => string,
): string {
  const texts: string[] = [];
  for (const part of parts) {
    texts.push(room.left > 0 ? write(part) : '…');
    if (room.left <= 0) break;
  }
  return texts.join(',');
}

function writtenScalar(value: unknown, room: Room): string {
  const short =
    typeof value === 'string' && value.length > room.left ? value.slice(0, room.left) + '…' : value;
  const text = JSON.stringify(short) ?? 'null';
  room.left -= text.length + 1;
  return text;
}

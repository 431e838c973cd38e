// The kind of a line of session.log, from its first bytes and, for a command, its last ones: this reads a gigabyte
// in one second, where parsing takes six. The answer may be `unsure` but is never wrong about a line that Codex or
// the runner wrote. Code that shows a line must parse it first.
//
//   {"type":"item.completed","item":{"id":"item_3","type":"command_execution", … ,"exit_code":3,"status":"failed"}}
//            ^                                              ^                                            ^

import { type ByteSpan, colon, quote, typeValueIn } from './line-bytes.ts';
import { lineKinds, type LineKind } from './line-kinds.ts';
import { legacyLineKind } from './legacy-line-kind.ts';

/** How many bytes at either end of a line are examined. */
export const kindReach = { first: 256, last: 96 } as const;

const brace = 0x7b;

/** For a line longer than both reaches together, its two ends joined give the same answer. */
export function kindOfLine(bytes: Uint8Array, { start, end }: ByteSpan): LineKind {
  if (bytes[start] !== brace) return isBlankBefore(bytes, start) ? lineKinds.unsure : noiseKind;
  // {"type":"
  const at = start + 9;
  if (bytes[start + 2] === letter.i) return legacyLineKind(bytes, { start, end });
  if (bytes[start + 2] !== letter.t || bytes[at - 1] !== quote || bytes[at - 3] !== quote) {
    return lineKinds.unsure;
  }
  switch (bytes[at]) {
    case letter.i:
      return itemKind(bytes, { start: at, end });
    case letter.t:
      return bytes[at + 1] === letter.h ? lineKinds.session : turnKind(bytes[at + 5]);
    case letter.e:
      return errorKind(bytes, at);
    case letter.a:
      return runnerKind(bytes, { start, end });
    case letter.s:
      return lineKinds.session;
    default:
      return lineKinds.unsure;
  }
}

const noiseKind = lineKinds.noise;

/** ASCII codes of letters. */
const letter = {
  a: 0x61,
  c: 0x63,
  d: 0x64,
  e: 0x65,
  f: 0x66,
  h: 0x68,
  i: 0x69,
  l: 0x6c,
  m: 0x6d,
  o: 0x6f,
  p: 0x70,
  r: 0x72,
  R: 0x52,
  s: 0x73,
  t: 0x74,
  u: 0x75,
  w: 0x77,
} as const;

/** Whether the line begins with a space, a tab or a byte order mark: JSON may follow. */
function isBlankBefore(bytes: Uint8Array, start: number): boolean {
  const first = bytes[start];
  return first === 0x20 || first === 0x09 || first === 0xef;
}

/** turn.started, turn.completed, turn.failed */
function turnKind(sixth: number | undefined): LineKind {
  return sixth === letter.f ? lineKinds.error : lineKinds.turn;
}

/** {"type":"error","message":"Reconnecting... 1/5 (…)"} */
function errorKind(bytes: Uint8Array, at: number): LineKind {
  const message = at + 18;
  const isRetry = bytes[message - 1] === quote && bytes[message] === letter.R;
  return isRetry && bytes[message + 1] === letter.e ? lineKinds.retry : lineKinds.error;
}

/** autonomous.session.started, autonomous.stderr, autonomous.taken-over */
function runnerKind(bytes: Uint8Array, { start, end }: ByteSpan): LineKind {
  const at = start + 9;
  if (bytes[at + 10] !== 0x2e) return lineKinds.unsure;
  // It carries totals, as the end of a turn does.
  if (bytes[at + 11] === letter.t && bytes[at + 12] === letter.a) return lineKinds.turn;
  if (bytes[at + 11] !== letter.s) return lineKinds.unsure;
  if (bytes[at + 12] === letter.e) return lineKinds.session;
  if (bytes[at + 12] !== letter.t) return lineKinds.unsure;
  const head = bytes.subarray(start, Math.min(end, start + kindReach.first));
  return stderrWarning.test(String.fromCharCode(...head))
    ? lineKinds.stderrWarning
    : lineKinds.stderr;
}

const stderrWarning = /^\{"type":"autonomous\.stderr","uuid":"[^"]*","text":"warning:/iu;

function itemKind(bytes: Uint8Array, { start, end }: ByteSpan): LineKind {
  const type = typeValueIn(bytes, { start: start + 14, end: Math.min(end, start + 200) });
  switch (bytes[type]) {
    case letter.a:
      return lineKinds.message;
    case letter.r:
      return lineKinds.reasoning;
    case letter.f:
      return lineKinds.files;
    case letter.m:
    case letter.w:
      return lineKinds.tool;
    case letter.t:
      return lineKinds.toDos;
    case letter.e:
      return lineKinds.warning;
    case letter.c:
      if (bytes[type + 2] === letter.l) return lineKinds.tool;
      return bytes[start + 5] === letter.c ? commandEnd(bytes, { start: type, end }) : 4;
    default:
      return lineKinds.unsure;
  }
}

/** …"exit_code":0,"status":"completed"}} */
function commandEnd(bytes: Uint8Array, { start, end }: ByteSpan): LineKind {
  const from = Math.max(start, end - kindReach.last);
  for (let at = end - 10; at > from; at--) {
    // "status":"
    if (bytes[at] !== colon || bytes[at - 1] !== quote || bytes[at - 2] !== letter.s) continue;
    const word = bytes[at + 2];
    if (word === letter.f || word === letter.d) return lineKinds.failedCommand;
    if (word !== letter.c) return lineKinds.unsure;
    return exitKind(bytes, at - 10);
  }
  return lineKinds.unsure;
}

/** Reads the value before `,"status"`: `"exit_code":0`. */
function exitKind(bytes: Uint8Array, last: number): LineKind {
  if (bytes[last] === 0x30 && bytes[last - 1] === colon) return lineKinds.command;
  return isDigit(bytes[last]) ? lineKinds.failedCommand : lineKinds.unsure;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

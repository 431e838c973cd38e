// A session.log of any size, made from recordings of the real Codex: its lines unchanged, and its commands with
// outputs as long as in real work, mostly a few hundred bytes, now and then a mebibyte. The same size gives the same
// log each time.

import { open, type FileHandle } from 'node:fs/promises';
import { recordedLines, recordedScenarios } from '../../test/helpers/recordings.ts';

export type BigLog = {
  sizeBytes: number;
  lines: number;
  sessions: number;
  /** How many commands have the needle in their output. */
  needles: number;
};

/** The text that searches look for; no other line contains it. */
export const needle = 'needle-in-the-log';
/** The text of its last line. */
export const lastWords = 'this is the end of it';

const mebibyte = 1024 * 1024;
const commandsInSession = 120;
const commandsBetweenNeedles = 997;
const firstSession = Date.UTC(2026, 0, 1);
const sessionMs = 15 * 60_000;

/** Writes `path` until it is at least `sizeBytes` long, rounded up to whole sessions. */
export async function writeBigLog(path: string, sizeBytes: number): Promise<BigLog> {
  const file = await open(path, 'w', 0o600);
  try {
    return await fill(file, sizeBytes);
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, sizeBytes: number): Promise<BigLog> {
  const made: BigLog = { sizeBytes: 0, lines: 0, sessions: 0, needles: 0 };
  const random = randomFrom(7);
  const asRecorded = recordedScenarios('0.169.0').flatMap((name) => recordedLines('0.169.0', name));
  const words = asRecorded.join(' ').split(/[^A-Za-z0-9_./-]+/u);
  const text = sentenceMaker(words, random);
  let commands = 0;
  while (made.sizeBytes < sizeBytes) {
    const session = ++made.sessions;
    const at = firstSession + session * sessionMs;
    const lines = [
      line({ type: 'autonomous.session.started', ...named(session), role: 'executor', at }),
    ];
    lines.push(line({ type: 'thread.started', thread_id: threadOf(session) }));
    for (let item = 0; item < commandsInSession; item++) {
      commands++;
      if (item % 4 === 0) lines.push(message(`note_${item}`, text(300)));
      if (item % 16 === 0)
        lines.push(...asRecorded.filter((one) => !/"(?:thread|turn)\./u.test(one)));
      const hit = commands % commandsBetweenNeedles === 0;
      if (hit) made.needles++;
      const output = `${text(outputLength(commands, random))}${hit ? `\n${needle}` : ''}\n`;
      lines.push(...commandLines(`run_${item}`, `npm test -- ${text(20)}`, output));
    }
    lines.push(line({ type: 'turn.completed', usage: { input_tokens: session * 1000 } }));
    lines.push(
      line({
        type: 'autonomous.session.ended',
        ...named(session),
        at: at + sessionMs / 2,
        exitCode: 0,
        signal: null,
        outcome: 'completed',
      }),
    );
    await write(lines);
  }
  await write([message('last', lastWords)]);
  return made;

  async function write(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    await file.write(bytes);
    made.sizeBytes += bytes.length;
    made.lines += lines.length;
  }
}

/** Most outputs are short, some are a screen long, a few have the maximum that Codex keeps. */
function outputLength(count: number, random: () => number): number {
  if (count % 400 === 0) return mebibyte;
  if (count % 40 === 0) return 64 * 1024;
  return Math.floor(200 + 6000 * random() ** 2);
}

function commandLines(id: string, command: string, output: string): string[] {
  const item = { id, type: 'command_execution', command: `/bin/bash -lc '${command}'` };
  return [
    line({
      type: 'item.started',
      item: { ...item, aggregated_output: '', exit_code: null, status: 'in_progress' },
    }),
    line({
      type: 'item.completed',
      item: { ...item, aggregated_output: output, exit_code: 0, status: 'completed' },
    }),
  ];
}

function message(id: string, text: string): string {
  return line({ type: 'item.completed', item: { id, type: 'agent_message', text } });
}

function named(session: number): object {
  return { session, uuid: threadOf(session) };
}

function threadOf(session: number): string {
  return `01a2023d-ceff-78c1-8e86-${String(session).padStart(12, '0')}`;
}

function line(event: { type: string; at?: number; [field: string]: unknown }): string {
  const { at } = event;
  return JSON.stringify(at === undefined ? event : { ...event, at: new Date(at).toISOString() });
}

/** Makes text of a given length, in lines like a program's output. */
function sentenceMaker(words: readonly string[], random: () => number): (length: number) => string {
  const pool: string[] = [];
  for (let count = 0; count < 4000; count++) {
    const length = 4 + Math.floor(random() * 14);
    const own = Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? 'x');
    pool.push(own.join(' '));
  }
  return (length) => {
    const lines: string[] = [];
    for (let size = 0; size < length;) {
      const next = pool[Math.floor(random() * pool.length)] ?? 'x';
      lines.push(next);
      size += next.length + 1;
    }
    return lines.join('\n').slice(0, length);
  };
}

/** The same numbers from 0 to 1 in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

// A conversation that goes from one machine to another, as Codex's record of it.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bringConversation, readConversation } from '../../../source/system/conversation/bring.ts';
import { rolloutDirectory, rolloutPath } from '../../../source/system/conversation/rollout.ts';
import { threadBeganAt } from '../../../source/core/codex/rollout-tokens.ts';

const threadId = '01a21e92-8f4b-7931-9bed-ed5834723981';
const name = `rollout-2026-11-27T19-54-11-${threadId}.jsonl`;

let place: string;
beforeEach(() => {
  place = fs.mkdtempSync(join(tmpdir(), 'conversation-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

const home = (machine: string): string => join(place, machine);

function written(machine: string, text: string): string {
  const directory = rolloutDirectory(home(machine), threadBeganAt(threadId)!);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(join(directory, name), text);
  return directory;
}

async function carried(from: string, to: string): Promise<string | null> {
  const conversation = await readConversation(home(from), threadId);
  if (conversation === null) throw new Error('There is none');
  return bringConversation(home(to), conversation);
}

async function textOn(machine: string): Promise<string> {
  return fs.readFileSync((await rolloutPath(home(machine), threadId))!, 'utf8');
}

test('a conversation is found on the other machine, up to its last whole line', async () => {
  written('a', '{"one":1}\n{"two":2}\n{"thr');
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe('{"one":1}\n{"two":2}\n');
  expect(await readConversation(home('c'), threadId)).toBe(null);
});

test('an earlier part of it is replaced, and nothing else is left', async () => {
  written('a', 'one\ntwo\n');
  const directory = written('b', 'one\n');
  expect(await carried('a', 'b')).toBe(null);
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe('one\ntwo\n');
  expect(fs.readdirSync(directory)).toEqual([name]);
});

test.each([
  ['went on otherwise', 'one\nother\n'],
  ['went on alone', 'one\ntwo\nthree\n'],
])('a copy that %s is kept beside it, where Codex does not look', async (_how, text) => {
  written('a', 'one\ntwo\n');
  const directory = written('b', text);
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe('one\ntwo\n');
  const strays = fs.readdirSync(directory).filter((file) => file !== name);
  expect(strays).toHaveLength(1);
  expect(strays[0]).toMatch(/\.jsonl\.stray-[0-9a-f]{8}$/);
  expect(fs.readFileSync(join(directory, strays[0]!), 'utf8')).toBe(text);
});

test.each([
  ['../../../../planted.jsonl', threadId],
  [`rollout-../${threadId}.jsonl`, threadId],
  ['rollout-2026-11-27T19-54-11-00000000-0000-7000-8000-000000000000.jsonl', threadId],
  [name, '../../etc'],
])('the name %j of thread %j brings nothing', async (foreign, thread) => {
  const conversation = { threadId: thread, name: foreign, bytes: Buffer.from('{}\n') };
  expect(await bringConversation(home('b'), conversation)).toMatch(/is no record/);
  expect(fs.existsSync(home('b'))).toBe(false);
});

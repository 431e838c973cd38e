// A conversation that goes from one machine to another, as Codex's record of it.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bringConversation, openConversation } from '../../../source/system/conversation/bring.ts';
import { rolloutDirectory, rolloutPath } from '../../../source/system/conversation/rollout.ts';
import { rolloutName } from '../../../source/core/codex/rollout-start.ts';
import { threadBeganAt } from '../../../source/core/codex/rollout-tokens.ts';

const threadId = '01a21e92-8f4b-7931-9bed-ed5834723981';
const name = `rollout-2026-11-27T19-54-11-${threadId}.jsonl`;

let place: string;
beforeEach(() => {
  place = fs.mkdtempSync(join(tmpdir(), 'conversation-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

/** How Codex begins its record. */
const first = `{"timestamp":"t","type":"session_meta","payload":{"id":"${threadId}","cwd":"/"}}\n`;

const home = (machine: string): string => join(place, machine);

function written(machine: string, text: string): string {
  const directory = rolloutDirectory(home(machine), threadBeganAt(threadId)!);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(join(directory, name), text);
  return directory;
}

async function carried(from: string, to: string): Promise<string | null> {
  const found = await openConversation(home(from), threadId);
  if (found === null) throw new Error('There is none');
  const pieces: Uint8Array[] = [];
  for await (const piece of found.bytes) pieces.push(piece);
  await found.close();
  const bytes = Buffer.concat(pieces);
  expect(bytes).toHaveLength(found.length);
  return bringConversation(home(to), { threadId, bytes });
}

async function textOn(machine: string): Promise<string> {
  return fs.readFileSync((await rolloutPath(home(machine), threadId))!, 'utf8');
}

test('a conversation is found on the other machine, up to its last whole line', async () => {
  written('a', `${first}{"two":2}\n{"thr`);
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe(`${first}{"two":2}\n`);
  expect(await openConversation(home('c'), threadId)).toBe(null);
});

test('a line that is just being written is left out, however long it is', async () => {
  written('a', `${first}${'x'.repeat(1_000_000)}`);
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe(first);
  written('d', 'x'.repeat(1_000_000));
  const none = await openConversation(home('d'), threadId);
  expect(none?.length).toBe(0);
  await none?.close();
});

test('its file has the name that Codex gave it', async () => {
  const directory = written('a', first);
  const own = rolloutName(threadId)!;
  expect(await carried('a', 'b')).toBe(null);
  const there = directory.replace(home('a'), home('b'));
  expect(fs.readdirSync(there)).toEqual([own]);
  expect(own).toMatch(
    new RegExp(
      `^rollout-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}-${threadId}\\.jsonl$`,
    ),
  );
});

test('an earlier part of it is replaced, and nothing else is left', async () => {
  written('a', `${first}two\n`);
  const directory = written('b', first);
  expect(await carried('a', 'b')).toBe(null);
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe(`${first}two\n`);
  expect(fs.readdirSync(directory)).toEqual([name]);
});

test.each([
  ['went on otherwise', `${first}other\n`],
  ['went on alone', `${first}two\nthree\n`],
])('a copy that %s is kept beside it, where Codex does not look', async (_how, text) => {
  written('a', `${first}two\n`);
  const directory = written('b', text);
  expect(await carried('a', 'b')).toBe(null);
  expect(await textOn('b')).toBe(`${first}two\n`);
  const strays = fs.readdirSync(directory).filter((file) => file !== name);
  expect(strays).toHaveLength(1);
  expect(strays[0]).toMatch(/\.jsonl\.stray-[0-9a-f]{8}$/);
  expect(fs.readFileSync(join(directory, strays[0]!), 'utf8')).toBe(text);
});

test('a link in its place is not followed', async () => {
  const directory = written('b', first);
  const elsewhere = join(place, 'elsewhere');
  fs.renameSync(join(directory, name), elsewhere);
  fs.symlinkSync(elsewhere, join(directory, name));
  const bytes = Buffer.from(`${first}two\n`);
  await expect(bringConversation(home('b'), { threadId, bytes })).rejects.toThrow();
  expect(fs.readFileSync(elsewhere, 'utf8')).toBe(first);
});

const another = '01a21e92-8f4b-7931-9bed-000000000000';

test.each([
  ['the id ../../../../etc', '../../../../etc', first],
  ['an id with a path behind it', `../../../../0/7/${threadId}`, first],
  ['an id that is not of Codex', '00000000-0000-4000-8000-000000000000', first],
  ['the record of another conversation', another, first],
  ['a record that does not begin as one', threadId, '{"type":"event_msg"}\n'],
  ['a record that is cut off', threadId, first.slice(0, -1)],
  ['nothing', threadId, ''],
])('%s brings nothing', async (_what, thread, text) => {
  const conversation = { threadId: thread, bytes: Buffer.from(text) };
  expect(await bringConversation(home('b'), conversation)).toMatch(/^it is no record of Codex/);
  expect(fs.existsSync(home('b'))).toBe(false);
});

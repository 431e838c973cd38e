import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tailRunning, type LastSession } from '../../../source/engine/log/running-tail.ts';
import type { TailStart } from '../../../source/system/log/cursor.ts';
import { tailLog, type LogTail } from '../../../source/system/log/tail.ts';

const before = 'one\ntwo\n';
const start = '{"type":"autonomous.session.started"}\n';

let directory: string;
let log: string;
let own: string;
let last: LastSession | null;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'running-tail-'));
  log = join(directory, 'session.log');
  own = join(directory, 'live.jsonl');
  last = null;
  writeFileSync(log, before);
});

afterEach(() => rmSync(directory, { recursive: true }));

/** A session begins: its start line is in session.log, and Codex writes into a file of its own. */
function begin(): void {
  appendFileSync(log, start);
  writeFileSync(own, '');
  last = { uuid: 'a', path: own, offset: before.length + start.length, state: 'running' };
}

function end(state: 'copied' | 'changed'): void {
  if (last !== null) last = { ...last, state };
}

function tailFrom(from: TailStart): LogTail {
  return tailRunning({ tailLog, lastSession: () => last }, log, { from });
}

/** Lines as `offset text`, and a mark for each reset. */
async function readAll(tail: LogTail): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const { lines, reset, atEnd } = await tail.read();
    if (reset !== 'none') seen.push(`reset: ${reset}`);
    seen.push(...lines.map(({ offset, text }) => `${offset} ${text}`));
    if (atEnd) return seen;
  }
}

const all = [`0 one`, `4 two`, `8 ${start.trim()}`];
const at = before.length + start.length;

describe('a running session', () => {
  test('is shown from the file that Codex writes, at its offsets in session.log', async () => {
    const tail = tailFrom('start');
    expect(await readAll(tail)).toEqual(all.slice(0, 2));
    begin();
    appendFileSync(own, 'three\nfo');
    expect(await readAll(tail)).toEqual([all[2], `${at} three`]);
    appendFileSync(own, 'ur\n');
    expect(await readAll(tail)).toEqual([`${at + 6} four`]);
    await tail.close();
  });

  test('is shown once, however far session.log has got with its copy', async () => {
    for (const copied of ['', 'thr', 'three\n', 'three\nfour\n']) {
      writeFileSync(log, before);
      begin();
      writeFileSync(own, 'three\nfour\n');
      appendFileSync(log, copied);
      const tail = tailFrom('start');
      expect(await readAll(tail)).toEqual([...all, `${at} three`, `${at + 6} four`]);
      await tail.close();
    }
  });

  test('goes on in session.log when it has ended and been copied', async () => {
    begin();
    const tail = tailFrom('start');
    writeFileSync(own, 'three\n');
    await readAll(tail);
    appendFileSync(own, 'four\n');
    appendFileSync(log, 'three\nfour\nended\n');
    end('copied');
    expect(await readAll(tail)).toEqual([`${at + 6} four`, `${at + 11} ended`]);
    appendFileSync(log, 'next\n');
    expect(await readAll(tail)).toEqual([`${at + 17} next`]);
    await tail.close();
  });

  test('goes on in session.log if its own file was removed before it was read', async () => {
    begin();
    const tail = tailFrom('start');
    writeFileSync(own, 'three\n');
    await readAll(tail);
    rmSync(own);
    appendFileSync(log, 'three\nfour\nended\n');
    end('copied');
    expect(await readAll(tail)).toEqual([`${at + 6} four`, `${at + 11} ended`]);
    await tail.close();
  });

  test('is not disturbed by whoever truncates or floods session.log meanwhile', async () => {
    begin();
    const tail = tailFrom('start');
    writeFileSync(own, 'three\n');
    await readAll(tail);
    truncateSync(log, 3);
    appendFileSync(own, 'four\n');
    expect(await readAll(tail)).toEqual([`${at + 6} four`]);
    appendFileSync(log, '{"type":"turn.failed","error":{"message":"forged"}}\n'.repeat(9));
    appendFileSync(own, 'five\n');
    expect(await readAll(tail)).toEqual([`${at + 11} five`]);
    await tail.close();
  });

  test('is read again from session.log if that was changed, once it has ended', async () => {
    begin();
    const tail = tailFrom('start');
    writeFileSync(own, 'three\n');
    await readAll(tail);
    writeFileSync(log, 'other\nthree\nended\n');
    end('changed');
    expect(await readAll(tail)).toEqual(['reset: replaced', '0 other', '6 three', '12 ended']);
    await tail.close();
  });

  test('may be joined in the middle, from its last bytes on', async () => {
    begin();
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index + 100}\n`);
    writeFileSync(own, lines.join(''));
    appendFileSync(log, lines.slice(0, 98).join(''));
    const tail = tailFrom({ lastBytes: 55 });
    const seen = await readAll(tail);
    expect(seen.at(-1)).toBe(`${at + 99 * 9} line 199`);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.length).toBeLessThan(8);
    appendFileSync(own, 'more\n');
    expect(await readAll(tail)).toEqual([`${at + 900} more`]);
    await tail.close();
  });
});

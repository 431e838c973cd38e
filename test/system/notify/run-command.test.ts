// The user's notify command, with real programs: it gets the document, and nothing that it does reaches the run.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NotifyDocument } from '../../../source/core/notify/events.ts';
import { runNotifyCommand } from '../../../source/system/notify/run-command.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'notify-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const document: NotifyDocument = {
  version: 1,
  event: 'needs you',
  task: 'shop',
  project: '/home/me/shop',
  sentence: 'Codex is not logged in: run codex login',
  done: 3,
  total: 12,
  at: '2026-11-28T03:12:00.000Z',
};

function script(text: string): string {
  const path = join(directory, 'notify.sh');
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

test('gets one JSON document on its standard input, and its arguments as they are', async () => {
  const path = script(`cat > '${directory}/got'; printf '%s|' "$@" > '${directory}/words'`);
  expect(await runNotifyCommand([path, '$HOME; *', ''], document)).toBe(null);
  expect(JSON.parse(readFileSync(join(directory, 'got'), 'utf8'))).toEqual(document);
  expect(readFileSync(join(directory, 'words'), 'utf8')).toBe('$HOME; *||');
});

test.each([
  ['fails', 'echo no route >&2; exit 3', /failed \(exit code 3\): no route$/],
  ['hangs', 'exec sleep 60', /did not end within 0\.5 s$/],
  ['floods its output and never reads', 'yes; exit 0', /did not end within 0\.5 s$/],
  ['floods its errors', 'yes no >&2 | head -c 9000000 >&2; exit 1', /exit code 1|did not end/],
])('that %s is one sentence', async (_, text, sentence) => {
  const problem = await runNotifyCommand([script(text)], document, 500);
  expect(problem).toMatch(/^The notify command /);
  expect(problem).toMatch(sentence);
  expect(problem?.length).toBeLessThanOrEqual(300);
});

test('that is missing is one sentence, and one that ends without reading is no failure', async () => {
  expect(await runNotifyCommand([join(directory, 'gone')], document)).toMatch(/failed: .*ENOENT/);
  expect(await runNotifyCommand([script('exit 0')], document)).toBe(null);
});

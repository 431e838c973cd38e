// The question about the usage windows, against scripted app servers: whatever they do, there is an answer or none.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive } from '../helpers/processes.ts';
import { readRateLimits } from '../../source/system/codex-rate-limits.ts';

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'app-server-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** An app server that hears one message a line and does this with it. */
function appServer(onMessage: string): string {
  const path = join(directory, 'codex.js');
  writeFileSync(
    path,
    `const fs = require('node:fs');
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  fs.appendFileSync(${JSON.stringify(join(directory, 'heard'))}, line + '\\n');
  const { id, method } = JSON.parse(line);
  const isAsked = method === 'account/rateLimits/read';
  ${onMessage}
});`,
  );
  return path;
}

const hello = `if (id === 0) say({ id, result: { userAgent: 'scripted' } });`;
const limits = (percent: number): object => ({
  rateLimits: { primary: { usedPercent: percent, windowDurationMins: 300, resetsAt: null } },
});
const saying = (result: object): string =>
  `${hello} if (isAsked) say({ id, result: ${JSON.stringify(result)} });`;

test('is answered after the handshake, among what else the server says', async () => {
  const noise = `console.log('not JSON'); say({ method: 'configWarning', params: {} });`;
  expect(await readRateLimits(appServer(noise + saying(limits(50))))).toEqual(limits(50));
  const heard = readFileSync(join(directory, 'heard'), 'utf8').trim().split('\n');
  expect(heard.map((line) => (JSON.parse(line) as { method: string }).method)).toEqual([
    'initialize',
    'initialized',
    'account/rateLimits/read',
  ]);
});

test.each([
  ['says null', `${hello} if (isAsked) say({ id, result: null });`],
  ['refuses', `${hello} if (isAsked) say({ id, error: { code: -32600, message: 'no login' } });`],
  ['refuses the handshake', `say({ id, error: { code: -32600, message: 'no' } });`],
  ['goes away', `process.exit(3);`],
  ['floods', `for (;;) fs.writeSync(1, 'x'.repeat(65536));`],
])('is not answered by a server that %s', async (_, onMessage) => {
  expect(await readRateLimits(appServer(onMessage))).toBeNull();
});

test('is not answered by a program that is missing', async () => {
  expect(await readRateLimits(join(directory, 'gone'))).toBeNull();
});

test('leaves nothing of the server behind, in whatever session it is', async () => {
  const path = join(directory, 'pid');
  const leaving = `if (id === 0) {
    const child = require('node:child_process').spawn('sleep', ['300'], { detached: true });
    fs.writeFileSync(${JSON.stringify(path)}, String(child.pid));
  }`;
  expect(await readRateLimits(appServer(leaving + saying(limits(50))))).toEqual(limits(50));
  expect(await isAlive(Number(readFileSync(path, 'utf8')))).toBe(false);
});

test('is given up after a time, and the server is ended', async () => {
  const asked = readRateLimits(
    appServer(`fs.writeFileSync('${directory}/pid', process.pid + '');`),
    {
      timeoutMs: 3000,
    },
  );
  expect(await asked).toBeNull();
  const path = join(directory, 'pid');
  if (existsSync(path)) {
    expect(() => process.kill(Number(readFileSync(path, 'utf8')), 0)).toThrow(/ESRCH/);
  }
});

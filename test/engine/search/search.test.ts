// A search finds what is shown, however the log encodes it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogSearch } from '../../../source/engine/search/search.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { indexLog } from '../../../source/system/log/log-index.ts';
import { withinTime } from '../../../source/system/time-limit.ts';
import { commandCompleted, message } from '../../helpers/log-lines.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-search-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function matches(text: string, ...lines: readonly object[]): Promise<number | undefined> {
  const path = join(directory, 'session.log');
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const index = indexLog(path);
  while (!(await index.read()).atEnd);
  const search = createLogSearch({ clock: systemClock, index, withinTime });
  search.want({ form: 'plain', text }, 'end');
  while (await search.goOn());
  await index.close();
  return search.results()?.count;
}

const printed = (aggregated_output: string) => commandCompleted('item_1', { aggregated_output });

test('words are found although the program changed colour between or within them', async () => {
  const output = '\u001b[32mbuilt\u001b[0m 7\nfo\u001b[1;31mob\u001b[39mar\n';
  expect(await matches('built 7', printed(output))).toBe(1);
  expect(await matches('Built 7', printed(output))).toBe(0);
  expect(await matches('foobar', printed(output), message('foobar', 'item_2'))).toBe(2);
  expect(await matches('built 8', printed(output))).toBe(0);
});

test('a command is found as it is shown, without its shell wrapper', async () => {
  const command = `/bin/bash -lc "echo \\$HOME isn't \\\`x\\\`"`;
  expect(await matches("echo $HOME isn't", commandCompleted('item_1', { command }))).toBe(1);
});

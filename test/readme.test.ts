import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { withTables } from '../docs/write-readme-tables.ts';
import { taskState } from '../source/core/task/state.ts';
import { exitCodes } from '../source/cli/exit-codes.ts';
import { options } from '../source/cli/options.ts';
import { packagesInSource } from './helpers/packages-in-source.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const packageJson = JSON.parse(
  await readFile(new URL('../package.json', import.meta.url), 'utf8'),
) as { scripts: Record<string, string> };

describe('the README', () => {
  test('has the current tables of options and keys (npm run docs writes them)', () => {
    expect(withTables(readme)).toBe(readme);
  });

  test('names every option', () => {
    for (const { name } of options) expect(readme).toContain(`--${name}`);
  });

  test('names every exit code', () => {
    const table = readme.slice(readme.indexOf('### Exit codes'), readme.indexOf('### `--list'));
    for (const code of Object.values(exitCodes)) expect(table).toMatch(new RegExp(`\\b${code}\\b`));
  });

  test('gives a reason for every package that source/ imports, and for no other', () => {
    const table = readme.slice(readme.indexOf('## What it is built on'));
    const named = [...table.matchAll(/^\| ([a-z0-9, -]+) \|/gm)]
      .flatMap(([, names = '']) => names.split(', '))
      .filter((name) => name !== 'package' && !/^-+$/.test(name));
    expect(named.toSorted()).toEqual(packagesInSource());
  });

  test('has a row for every state, and `no list` for a task without a record', () => {
    const words = [
      'idle',
      'queued',
      'running',
      'pausing',
      'paused',
      'waiting',
      'needs you',
      'interrupted',
      'stopped',
      'failed',
      'done',
      taskState({ record: null, runnerLives: false, progress: null }).word,
    ];
    for (const word of words) expect(readme).toContain(`| \`${word}\` |`);
  });

  test('has tables in which every row has as many cells as the header', () => {
    const tables = readme.split('\n\n').filter((block) => /^\|.*\n\| ?-/.test(block));
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      // An escaped bar, or one in a keys' table, is text.
      const cells = table.split('\n').map((row) => row.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size, table).toBe(1);
    }
  });

  test('has two commands for a fresh machine that are scripts of the package', () => {
    expect(readme).toContain('npm install && npm run demo');
    expect(readme).toContain('npm install && npm test');
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(['demo', 'test']));
  });

  test('every command of npm that it names is a script of the package', () => {
    const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
  });
});

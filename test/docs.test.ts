// What the documentation says of the program is true as far as a program can tell: its tables are the program's own,
// its links lead somewhere, and the messages that it quotes are in the source.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { generatedTables, withTable } from '../docs/write-tables.ts';
import { exitCodes } from '../source/cli/exit-codes.ts';
import { options } from '../source/cli/options/table.ts';
import { reportJson } from '../source/core/report/document.ts';
import { taskState } from '../source/core/task/state.ts';
import { ended, reportOf, ticked } from './helpers/report-facts.ts';
import { packagesInSource } from './helpers/packages-in-source.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesBelow = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path));

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesBelow('docs', /\.md$/)];
const packageJson = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
};

describe('tables', () => {
  test.each(generatedTables)('$page has the $name that the program runs on', (table) => {
    const text = read(`docs/${table.page}`);
    expect(withTable(text, table), 'npm run docs writes it').toBe(text);
  });

  test.each(pages)('rows of a table in %s all have the cells of its head', (page) => {
    for (const table of tablesIn(page)) {
      const cells = table.map((row) => cellsOf(row).length);
      expect(new Set(cells).size, table.join('\n')).toBe(1);
    }
  });

  test('every option is in docs/options.md', () => {
    for (const { name } of options) expect(read('docs/options.md')).toContain(`--${name}`);
  });

  test('every exit code is in docs/options.md', () => {
    const text = read('docs/options.md');
    const table = text.slice(text.indexOf('## Exit codes'));
    for (const code of Object.values(exitCodes)) expect(table).toMatch(new RegExp(`\\b${code}\\b`));
  });

  test('every state is in the README, and `no list` for a task without a record', () => {
    const words = [
      'idle',
      'queued',
      'running',
      'checking',
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
    for (const word of words) expect(read('README.md')).toContain(`| \`${word}\` |`);
  });

  test('every reason for which a session fails is in docs/failures.md', () => {
    const [, reasons = ''] =
      /export type FailureReason =([^;]+);/.exec(read('source/core/failure/failure-kinds.ts')) ??
      [];
    const words = [...reasons.matchAll(/'([^']+)'/g)].map(([, word]) => word);
    expect(words.length).toBeGreaterThan(10);
    for (const word of words) expect(read('docs/failures.md')).toContain(`\`${word}\``);
  });

  test('every field of a report is in docs/report.md', () => {
    const journal = [ended(1), ticked(1, ['one'], false)];
    const report = reportOf({ journal, unproven: [{ text: 'one', session: 1, reason: 'none' }] });
    const document = { project: '/shop', since: 0, at: 1, tasks: [report], gone: [] };
    const names = [...reportJson(document).matchAll(/"(\w+)":/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(40);
    const text = read('docs/report.md');
    const described = new Set([...text.matchAll(/[`"](\w+)[`"]/g)].map(([, name]) => name));
    expect(names.filter((name) => !described.has(name))).toEqual([]);
  });

  test('docs/architecture.md gives a reason for every package that source/ imports, and for no other', () => {
    const text = read('docs/architecture.md');
    const named = [
      ...text.slice(text.indexOf('## What it is built on')).matchAll(/^\| ([a-z0-9@/, -]+) \|/gm),
    ]
      .flatMap(([, names = '']) => names.split(', '))
      .filter((name) => name !== 'package' && !/^-+$/.test(name));
    expect(named.toSorted()).toEqual(packagesInSource());
  });
});

describe('commands', () => {
  test('the two for a fresh machine are scripts of the package', () => {
    expect(read('README.md')).toContain('npm install && npm run demo');
    expect(read('README.md')).toContain('npm install && npm test');
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(['demo', 'test']));
  });

  test.each(pages)('every `npm run` in %s is a script of the package', (page) => {
    for (const [, script] of read(page).matchAll(/npm run ([a-z][a-z-]*)/g)) {
      expect(Object.keys(packageJson.scripts)).toContain(script);
    }
  });
});

describe('links', () => {
  test.each(pages)('those in %s lead to a file and a heading that exist', (page) => {
    const broken = linksIn(page).filter((target) => !leadsSomewhere(page, target));
    expect(broken).toEqual([]);
  });

  test('every page of docs/ can be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const target of linksIn(page)) {
        const path = join(dirname(page), target.split('#')[0] || '.');
        if (pages.includes(path)) reached.add(path);
      }
    }
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});

describe('messages', () => {
  const code = [...filesBelow('source', /\.tsx?$/)]
    .map(read)
    .join('\n')
    .replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')
    .replaceAll(String.raw`\'`, "'");
  const quoted = tablesIn('docs/troubleshooting.md').flatMap((table) =>
    table.slice(2).flatMap((row) => [...(cellsOf(row)[1] ?? '').matchAll(/`([^`]+)`/g)]),
  );

  test.each(quoted.map(([, message = '']) => message))('the program says: %s', (message) => {
    // What stands for a name or a number is `…`; the rest is in the source as it is here.
    const parts = message
      .split('…')
      .map((part) => part.trim())
      .filter((part) => part.length > 3);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.filter((part) => !code.includes(part))).toEqual([]);
  });

  test('most of them are quoted', () => {
    expect(quoted.length).toBeGreaterThan(25);
  });
});

/** Each as its lines: the head, the rule, the rows. */
function tablesIn(page: string): string[][] {
  return read(page)
    .split('\n\n')
    .filter((block) => /^\|.*\n\| ?-/.test(block))
    .map((block) => block.trimEnd().split('\n'));
}

/** With what is before the first bar and after the last. An escaped bar is text. */
function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

function linksIn(page: string): string[] {
  const targets: string[] = [];
  visit(fromMarkdown(read(page)), (node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      targets.push(node.url);
    }
  });
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || anchorsOf(path).has(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  visit(fromMarkdown(read(page)), (node) => {
    if (node.type !== 'heading') return;
    let text = '';
    visit(node, (part) => {
      if (part.type === 'text' || part.type === 'inlineCode') text += part.value;
    });
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number++) anchor = `${slug}-${number}`;
    anchors.add(anchor);
  });
  return anchors;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}

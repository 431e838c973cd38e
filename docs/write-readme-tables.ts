// Writes the README's tables of options and keys from the ones that the program runs on.
// `npm run docs`; a test fails when they differ.

import { readFile, writeFile } from 'node:fs/promises';
import { optionLabel, options, type OptionRow } from '../source/cli/options.ts';
import { keyTable } from '../source/ui/keys/key-table.ts';

/** The README with its generated parts as they should be. */
export function withTables(readme: string): string {
  return replaced(replaced(readme, 'options', optionTable()), 'keys', keyTable());
}

function optionTable(): string {
  const rows = options.map((row: OptionRow) => `| \`${optionLabel(row)}\` | ${row.help} |`);
  return ['| Option | Meaning |', '| --- | --- |', ...rows, ''].join('\n');
}

function replaced(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`README.md has no place for its ${name}`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n${text.slice(to)}`;
}

if (process.argv[1] === import.meta.filename) {
  const path = new URL('../README.md', import.meta.url);
  await writeFile(path, withTables(await readFile(path, 'utf8')));
}

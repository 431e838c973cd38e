// Writes the tables of docs/ that the program itself knows: options and keys, from the tables that it runs on.
// `npm run docs`; a test fails when a page differs. A page has a place for its table:
//
//   <!-- keys -->
//   <!-- /keys -->

import { readFile, writeFile } from 'node:fs/promises';
import { optionLabel, options, type OptionRow } from '../source/cli/options.ts';
import { keyTable } from '../source/ui/keys/key-table.ts';

type GeneratedTable = { page: string; name: string; content: () => string };

export const generatedTables: readonly GeneratedTable[] = [
  { page: 'options.md', name: 'options', content: optionTable },
  { page: 'keys.md', name: 'keys', content: keyTable },
];

/** The text of a page with this table as it should be. */
export function withTable(text: string, { page, name, content }: GeneratedTable): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`docs/${page} has no place for its table ${name}`);
  return `${text.slice(0, from)}${begin}\n\n${content()}\n${text.slice(to)}`;
}

function optionTable(): string {
  const rows = options.map((row: OptionRow) => `| \`${optionLabel(row)}\` | ${row.help} |`);
  return ['| Option | Meaning |', '| --- | --- |', ...rows, ''].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  for (const table of generatedTables) {
    const path = new URL(table.page, import.meta.url);
    await writeFile(path, withTable(await readFile(path, 'utf8'), table));
  }
}

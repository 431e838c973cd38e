// Writes the README's tables of options, keys and settings from the ones that the program runs on.
// `npm run docs`; a test fails when they differ.

import { readFile, writeFile } from 'node:fs/promises';
import { optionLabel, options, type OptionRow } from '../source/cli/options.ts';
import { commands } from '../source/screen/commands/command-table.ts';
import { keyTable } from '../source/ui/keys/key-table.ts';
import { configSchema, type SettingSchema } from './write-config-schema.ts';

/** The README with its generated parts as they should be. */
export function withTables(readme: string): string {
  const tables = {
    options: optionTable(),
    keys: keyTable(commands),
    configuration: configurationTable(),
  };
  return Object.entries(tables).reduce(
    (text, [name, content]) => replaced(text, name, content),
    readme,
  );
}

function optionTable(): string {
  const rows = options.map((row: OptionRow) => `| \`${optionLabel(row)}\` | ${row.help} |`);
  return ['| Option | Meaning |', '| --- | --- |', ...rows, ''].join('\n');
}

/** Those that depend on the terminal or the machine. */
const defaultsInWords: Record<string, string> = {
  $schema: '',
  theme: 'as the terminal says, else `"dark"`',
  glyphs: 'as the locale says',
  keys: 'by their names in the table of keys',
  codex: '`codex` in the PATH',
};

function configurationTable(): string {
  const rows = Object.entries(configSchema().properties).map(([name, setting]) => {
    const byDefault = defaultsInWords[name] ?? written(setting.default);
    return `| \`${name}\` | ${whatItTakes(setting)} | ${byDefault} |`;
  });
  return ['| setting | what it takes | default |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** `Colours of the dashboard: "dark", "light" or "colour-blind"` */
function whatItTakes({ description, enum: words, examples }: SettingSchema): string {
  const values = (words ?? examples ?? []).map(written);
  const last = values.pop();
  if (last === undefined) return description;
  return `${description}: ${values.length === 0 ? last : `${values.join(', ')} or ${last}`}`;
}

function written(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return `\`${JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ')}\``;
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

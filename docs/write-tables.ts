// Writes the tables of docs/ that the program itself knows: options, keys and settings, as it runs on them.
// `npm run docs`; a test fails when a page differs. A page has a place for its table:
//
//   <!-- keys -->
//   <!-- /keys -->

import { readFile, writeFile } from 'node:fs/promises';
import { optionLabel, type OptionRow } from '../source/cli/options/option-row.ts';
import { options } from '../source/cli/options/table.ts';
import { commands } from '../source/screen/commands/command-table.ts';
import { keyTable } from '../source/ui/keys/key-table.ts';
import { configSchema, type SettingSchema } from './write-config-schema.ts';

type GeneratedTable = { page: string; name: string; content: () => string };

export const generatedTables: readonly GeneratedTable[] = [
  { page: 'options.md', name: 'options', content: optionTable },
  { page: 'keys.md', name: 'keys', content: () => keyTable(commands) },
  { page: 'configuration.md', name: 'configuration', content: configurationTable },
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

/** Those that depend on the terminal or the machine. */
const defaultsInWords: Record<string, string> = {
  $schema: '',
  theme: 'as the terminal says, else `"dark"`',
  glyphs: 'as the locale says',
  keys: 'see [Keys](keys.md)',
  codex: '`codex` in the PATH',
  model: "Codex's own choice",
  profile: 'no profile',
  accountAtOnce: 'any number',
  notify: 'the terminal of an open dashboard',
  prepare: 'nothing runs',
  worktreesDirectory: '`${XDG_DATA_HOME:-~/.local/share}/autonomous-tui/worktrees`',
  projects: '',
};

function configurationTable(): string {
  const rows = Object.entries(configSchema().properties).map(([name, setting]) => {
    const byDefault = defaultsInWords[name] ?? written(setting.default);
    return `| \`${name}\` | ${whatItTakes(setting)} | ${byDefault} |`;
  });
  return ['| Setting | What it takes | Default |', '| --- | --- | --- |', ...rows, ''].join('\n');
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

if (process.argv[1] === import.meta.filename) {
  for (const table of generatedTables) {
    const path = new URL(table.page, import.meta.url);
    await writeFile(path, withTable(await readFile(path, 'utf8'), table));
  }
}

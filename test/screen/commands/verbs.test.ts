// What can be done to a task from outside can be done on the screen, and the other way round is not needed: there are keys
// that only move about.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpText } from '../../../source/cli/options/help-text.ts';
import { optionLabel, type OptionRow } from '../../../source/cli/options/option-row.ts';
import { options } from '../../../source/cli/options/table.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { fieldWith } from '../../../source/ui/dialog/text-field.ts';
import { isInPanes, isPane } from '../../../source/ui/keys/command.ts';
import { paletteEntries } from '../../../source/ui/keys/palette.ts';
import { helpDialog } from '../../../source/ui/rows/dialog/help-rows.ts';
import { task } from '../../ui/sample.ts';

const docs = (page: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', page), 'utf8');

/** Where the command has another name than the option. */
const commandOf: Readonly<Record<string, string>> = { diff: 'show-changes', log: 'open-task' };

const rows: readonly OptionRow[] = options;
const verbs = rows.filter(
  ({ name, help }) =>
    help.startsWith('With --task-name: ') ||
    ['continue', 'resume-last', 'report', 'log'].includes(name),
);

describe('every verb', () => {
  test('is known to this test by what its help says', () => {
    expect(verbs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tell', 'pause', 'pause-after-session', 'diff', 'undo', 'merge']),
    );
    expect(verbs.length).toBeGreaterThan(11);
  });

  test.each(verbs)('has a key, a palette entry, a help line and docs: --$name', (row) => {
    const id = commandOf[row.name] ?? row.name;
    const command = commands.find((one) => one.id === id && isInPanes(one));
    if (command === undefined) throw new Error(`no command ${id}`);
    const { scope, label, keys, help } = command;
    expect(keys.length).toBeGreaterThan(0);

    const palette = { kind: 'palette', field: fieldWith(label), at: 0 } as const;
    const context = { task: task('shop'), focus: 'tasks' as const, commands };
    const entries = paletteEntries(palette, { ...context, dialog: palette });
    expect(entries.map((entry) => entry.command.id)).toContain(id);

    const focus = isPane(scope) ? scope : 'tasks';
    // Offered on one of the pages of the details alone.
    const page = id === 'undo' ? { page: 'sessions' as const } : {};
    const shown = helpDialog({
      context: { ...context, focus, dialog: null, ...page },
      ...{ top: 0, width: 300, height: 300, keys: [] },
    });
    expect(shown.map((cells) => JSON.stringify(cells)).join('\n')).toContain(
      JSON.stringify(help).slice(1, -1),
    );

    expect(docs('keys.md')).toMatch(new RegExp(`\\| \`${id}\` +\\|`));
    expect(docs('options.md')).toContain(`| \`${optionLabel(row)}\` | ${row.help} |`);
    expect(helpText()).toContain(row.help);
  });
});

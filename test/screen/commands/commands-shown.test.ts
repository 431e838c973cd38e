import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../../source/screen/commands/command-table.ts';
import { isInPanes } from '../../../source/ui/keys/command.ts';
import { paletteEntries } from '../../../source/ui/keys/palette.ts';
import { fieldWith } from '../../../source/ui/dialog/text-field.ts';

const endToEnd = join(import.meta.dirname, '..', '..', 'end-to-end');

test('every command has its key pressed in a real terminal', () => {
  const used = new Set(
    readdirSync(endToEnd)
      .map((file) => readFileSync(join(endToEnd, file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/\bpressFor\(\s*\w+,\s*'([\w -]+)',\s*'([\w-]+)'/g)])
      .map(([, scope, id]) => `${scope}: ${id}`),
  );
  const wanted = commands.map(({ scope, id }) => `${scope}: ${id}`);
  expect(wanted.filter((command) => !used.has(command))).toEqual([]);
});

test('the palette shows the most used of several equal matches first', () => {
  const palette = { kind: 'palette', field: fieldWith('co'), at: 0 } as const;
  const found = paletteEntries(palette, { task: null, focus: 'tasks', dialog: palette, commands });
  expect(found.slice(0, 2).map(({ label }) => label)).toEqual(['continue', 'copy']);
});

test('the palette finds every command of a pane by its label', () => {
  const ofPanes = commands.filter((one) => isInPanes(one) && one.id !== 'palette');
  const missing = ofPanes.filter((command) => {
    const palette = { kind: 'palette', field: fieldWith(command.label), at: 0 } as const;
    const found = paletteEntries(palette, {
      task: null,
      focus: 'tasks',
      dialog: palette,
      commands,
    });
    // The same command of two panes is there once.
    return !found.some((entry) => entry.command.id === command.id);
  });
  expect(missing.map(({ id }) => id)).toEqual([]);
});

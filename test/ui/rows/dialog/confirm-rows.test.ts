// A question with its consequences.

import { expect, test } from 'vitest';
import { commands } from '../../../../source/screen/commands/command-table.ts';
import { askToUndo } from '../../../../source/ui/dialog/ask-to-undo.ts';
import { dialogRows } from '../../../../source/ui/rows/dialog/dialog-rows.ts';
import { rowText } from '../../../../source/ui/rows/row.ts';
import { task } from '../../sample.ts';

test('a consequence that is longer than its line goes on further in', () => {
  const shop = task('shop');
  const would = [
    '2 files:',
    `  remove src/${'endpoint-that-'.repeat(5)}lists.sh`,
    '  restore a.ts',
  ];
  const dialog = { kind: 'confirm', confirm: askToUndo(shop, 4, would) } as const;
  const context = { task: shop, focus: 'details', dialog, commands } as const;
  const rows = dialogRows({
    ...{ dialog, context, tasks: [shop], columns: 80, rows: 24, animationFrame: 0 },
  });
  expect(rows.map(rowText).join('\n')).toMatchInlineSnapshot(`
    "╭ Undo ────────────────────────────────────────────────────────╮
    │ Take back session 4 of shop?                                 │
    │ 2 files:                                                     │
    │   remove                                                     │
    │     src/endpoint-that-endpoint-that-endpoint-that-endpoint-t │
    │     hat-endpoint-that-lists.sh                               │
    │   restore a.ts                                               │
    │ The files as they are now are kept as a checkpoint           │
    │                                                              │
    │ Enter take back  Esc no                                      │
    ╰──────────────────────────────────────────────────────────────╯"
  `);
});

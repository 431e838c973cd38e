// Random actions on a screen: sizes, dialogs, keys.

import { longReport } from '../helpers/report-facts.ts';
import fc from 'fast-check';
import { askToPauseAll, type Dialog } from '../../source/ui/dialog/dialog.ts';
import { emptyForm } from '../../source/ui/dialog/task-form.ts';
import { fieldWith } from '../../source/ui/dialog/text-field.ts';
import { anyTasks, dirtyText, foreignText } from './arbitrary.ts';
import { now } from './sample.ts';
import type { ViewAction } from '../../source/ui/view/view-action.ts';

export const anySize = fc.record({
  columns: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(40, 59, 60, 80, 109, 110)),
  rows: fc.integer({ min: 1, max: 100 }),
});

const anyDialog: fc.Arbitrary<Dialog> = fc.oneof(
  fc.record({ kind: fc.constant('help'), top: fc.nat(40) }),
  fc.record({
    kind: fc.constant('report'),
    report: fc.constantFrom(null, longReport),
    top: fc.nat(400),
  }),
  fc.record({ kind: fc.constant('leaving') }),
  fc.record({ kind: fc.constant('filter'), field: dirtyText.map(fieldWith) }),
  fc.record({
    kind: fc.constant('palette'),
    field: fc.constantFrom('', 'pau', 'page', 'xyz').map(fieldWith),
    at: fc.nat(50),
  }),
  anyTasks.map((tasks): Dialog => ({ kind: 'confirm', confirm: askToPauseAll(tasks) })),
  fc
    .record({
      text: dirtyText,
      suggestedName: foreignText,
      field: fc.constantFrom('description', 'name', 'sandbox', 'worktree'),
      worktree: fc.option(
        fc.record({ chosen: fc.constantFrom('own', 'none'), asks: fc.boolean() }),
      ),
      sandbox: fc.constantFrom('workspace-write', 'danger-full-access'),
      error: fc.option(foreignText),
      question: fc.option(foreignText),
    })
    .map(({ text, ...form }): Dialog => {
      return { kind: 'new task', form: { ...emptyForm, ...form, description: fieldWith(text) } };
    }),
);

export const anyAction: fc.Arbitrary<ViewAction> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('moved'),
      move: fc.constantFrom('up', 'down', 'page-up', 'page-down', 'first', 'last'),
    }),
  },
  fc.record({ type: fc.constant('pane-changed'), by: fc.constantFrom(1, -1) }),
  fc.constantFrom(
    { type: 'zoom-toggled' } as const,
    { type: 'mark-toggled' } as const,
    { type: 'group-changed' } as const,
    { type: 'sorting-changed' } as const,
    { type: 'all-shown' } as const,
    { type: 'mouse-toggled' } as const,
  ),
  fc.constantFrom(
    { type: 'focused', pane: 'changes' } as const,
    { type: 'changes-closed' } as const,
    { type: 'changes', action: { type: 'turned' } } as const,
    { type: 'changes', action: { type: 'column-moved', by: 1 } } as const,
    { type: 'changes', action: { type: 'range-moved', by: -1 } } as const,
  ),
  fc.record({
    type: fc.constant('page-opened'),
    page: fc.constantFrom('steps', 'sessions', 'notes', 'about'),
  }),
  fc.record({
    type: fc.constant('written'),
    edit: fc.record({ type: fc.constant('insert'), text: dirtyText }),
  }),
  fc.constant({ type: 'entry-toggled' } as const),
  fc.record({ type: fc.constant('dialog-opened'), dialog: anyDialog }),
  fc.constant({ type: 'dialog-closed' } as const),
  fc.record({
    type: fc.constant('noticed'),
    notice: fc.record({
      text: foreignText.map((text) => text.replaceAll('\n', ' ')),
      tone: fc.constantFrom('plain', 'problem'),
      until: fc.constant(now + 5),
    }),
  }),
);

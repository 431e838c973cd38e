// The commands of the one-line input, and what they do: search, go to, export.

import { exportForm } from '../../../core/log/export-form.ts';
import { matcherFor } from '../../../core/search/query.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { problemWith } from '../../../ui/dialog/ask-line.ts';
import type { Ask } from '../../../ui/dialog/dialog.ts';
import type { LogAction } from '../../../ui/view/log/actions.ts';
import { jumpTarget } from '../../../ui/view/jump-target.ts';
import { positionOf, timesOf } from '../../../ui/view/log/jump.ts';
import { panesOf } from '../../../ui/view/panes.ts';
import { boundedMatcher } from '../../bounded-matcher.ts';
import { exportPatch } from '../changes-commands.ts';
import { isAboutStep, stepAsked } from '../list-commands.ts';
import { notice, type CommandDeps } from '../command-deps.ts';
import { always, type CommandRecord } from '../command-record.ts';
import { saying } from '../under-way.ts';

export const askCommands: readonly CommandRecord[] = [
  {
    id: 'ask-done',
    scope: 'ask',
    keys: ['return'],
    label: 'go',
    labelNow: ({ dialog }) => (dialog?.kind !== 'ask' ? null : (askedLabels[dialog.about] ?? null)),
    help: 'Search, go, export, or change the step.',
    whyNot: always,
    act: askDone,
  },
  {
    id: 'close',
    scope: 'ask',
    keys: ['escape'],
    label: 'cancel',
    help: 'Close without doing it; a search goes back to where it began.',
    whyNot: always,
    act: cancelled,
  },
  {
    id: 'ask-form',
    scope: 'ask',
    keys: ['tab'],
    label: 'regex',
    labelNow: ({ dialog }) =>
      dialog?.kind === 'ask' && dialog.form === 'expression' ? 'plain text' : null,
    help: 'Switch between plain text and regular expression.',
    isOffered: ({ dialog }) => dialog?.kind !== 'ask' || dialog.about === 'search',
    whyNot: always,
    act: otherForm,
  },
];

const askedLabels: Partial<Record<Ask['about'], string>> = {
  search: 'search',
  export: 'export',
  'add-step': 'add',
  reword: 'change',
  skip: 'skip',
};

function asked({ store }: CommandDeps): Ask | null {
  const { dialog } = store.view();
  return dialog?.kind === 'ask' ? dialog : null;
}

function refuse({ store }: CommandDeps, ask: Ask, problem: string): void {
  store.act({ type: 'dialog-opened', dialog: { ...ask, problem } });
}

function otherForm(deps: CommandDeps): void {
  const ask = asked(deps);
  if (ask?.about !== 'search') return;
  const other: Ask = { ...ask, form: ask.form === 'plain' ? 'expression' : 'plain' };
  deps.store.act({ type: 'dialog-opened', dialog: { ...other, problem: problemWith(other) } });
  searchAsTyped(deps);
}

function cancelled(deps: CommandDeps): void {
  const { store } = deps;
  if (asked(deps)?.about === 'search') {
    searching(deps, { type: 'search-cancelled' });
  }
  store.act({ type: 'dialog-closed' });
}

/** Jumps to the first match while the user types. An invalid expression changes nothing: it may become valid. */
export function searchAsTyped(deps: Pick<CommandDeps, 'store' | 'withinTime'>): void {
  const { dialog } = deps.store.view();
  if (dialog?.kind !== 'ask' || dialog.about !== 'search') return;
  if (dialog.field.text.trim() === '') {
    return searching(deps, { type: 'search-cancelled' });
  }
  void search(deps, dialog, 'typing');
}

/** Returns what is wrong with the query; null if it is searched for. */
function search(
  { store, withinTime }: Pick<CommandDeps, 'store' | 'withinTime'>,
  { field, form }: Ask,
  stage: 'typing' | 'done',
): string | null {
  const query = { text: field.text, form };
  const matcher = matcherFor(query);
  if ('problem' in matcher) return matcher.problem;
  const bounded = withinTime === undefined ? matcher : boundedMatcher(matcher, query, withinTime);
  searching({ store }, { type: 'searched', query, matcher: bounded, stage });
  return null;
}

/** Of the log, or of the patch in view. */
function searching(
  { store }: Pick<CommandDeps, 'store'>,
  action: Extract<LogAction, { type: 'searched' | 'search-cancelled' }>,
): void {
  const isOfChanges = store.view().focus === 'changes';
  store.act(isOfChanges ? { type: 'changes', action } : { type: 'log', action });
}

function askDone(deps: CommandDeps): void {
  const ask = asked(deps);
  if (ask === null) return;
  const { store } = deps;
  if (textOf(ask) === '') return store.act({ type: 'dialog-closed' });
  if (isAboutStep(ask)) return stepAsked(deps, ask);
  switch (ask.about) {
    case 'search': {
      const problem = search(deps, ask, 'done');
      return problem === null ? store.act({ type: 'dialog-closed' }) : refuse(deps, ask, problem);
    }
    case 'jump':
      return jump(deps, ask);
    case 'export':
      return store.view().focus === 'changes'
        ? exportPatch(deps, textOf(ask))
        : exportLog(deps, ask);
    default:
      return;
  }
}

function textOf({ field, suggestion }: Ask): string {
  return field.text.trim() || (suggestion ?? '');
}

function jump(deps: CommandDeps, ask: Ask): void {
  const { store } = deps;
  const scene = store.scene();
  const target = jumpTarget(ask.field.text, timesOf(scene, scene.now));
  if (target === null) return refuse(deps, ask, 'Enter a time (3:40), session 4, or step 7');
  const place = positionOf(scene, target);
  if (place.kind === 'nowhere') return refuse(deps, ask, place.why);
  store.act({ type: 'dialog-closed' });
  store.act({ type: 'gone-to', target });
}

function exportLog(deps: CommandDeps, ask: Ask): void {
  const { store } = deps;
  const { log } = panesOf(store.view(), store.scene());
  const task = store.view().selected;
  const { exportLog: write } = deps;
  if (log === null || task === null || write === undefined) return;
  const path = textOf(ask);
  const form = exportForm(path);
  if (typeof form !== 'string') return refuse(deps, ask, form.problem);
  store.act({ type: 'dialog-closed' });
  const { filter } = log;
  saying(deps, `Exporting to ${path} …`, () => write({ task, path, filter })).then(
    (sentence) => notice(deps, sentence, 'plain'),
    (error: unknown) => notice(deps, `Export failed: ${errorMessage(error)}`, 'problem'),
  );
}

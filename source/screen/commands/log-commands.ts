// The commands of the log pane that do more than change the view: search, go to, copy, export.

import type { Entry } from '../../core/log/entry.ts';
import { entryText } from '../../core/log/entry-text.ts';
import { lacksItsMiddle } from '../../core/text/safe-text.ts';
import { matcherFor } from '../../core/search/query.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { CommandId } from '../../ui/keys/command.ts';
import { emptyAsk, problemWith } from '../../ui/dialog/ask-line.ts';
import type { Ask } from '../../ui/dialog/dialog.ts';
import { jumpTarget, type ErrorTarget } from '../../ui/view/jump-target.ts';
import type { LogAction } from '../../ui/view/log/actions.ts';
import { positionOf, timesOf } from '../../ui/view/log/jump.ts';
import { entryUnderMark } from '../../ui/view/log/place.ts';
import { panesOf } from '../../ui/view/panes.ts';
import { boundedMatcher } from '../bounded-matcher.ts';
import { notice, type CommandDeps } from './command-deps.ts';

const actions = new Map<CommandId, LogAction>([
  ['next-match', { type: 'match-moved', by: 1 }],
  ['previous-match', { type: 'match-moved', by: -1 }],
  ['log-filter', { type: 'filter-changed' }],
  ['session-alone', { type: 'session-alone' }],
  ['clear-log', { type: 'cleared' }],
  ['follow', { type: 'followed' }],
  ['raw', { type: 'raw-toggled' }],
  ['wrap', { type: 'wrap-toggled' }],
  ['scroll-right', { type: 'column-moved', by: 1 }],
  ['scroll-left', { type: 'column-moved', by: -1 }],
]);

/** True if it was a command of the log pane. */
export function logCommand(deps: CommandDeps, id: CommandId): boolean {
  const action = actions.get(id);
  if (action !== undefined) {
    deps.store.act({ type: 'log', action });
    return true;
  }
  switch (id) {
    case 'search':
    case 'jump':
    case 'export':
      deps.store.act({ type: 'dialog-opened', dialog: emptyAsk(id) });
      return true;
    case 'next-error':
      toError(deps, 1);
      return true;
    case 'previous-error':
      toError(deps, -1);
      return true;
    case 'copy':
      copyEntry(deps);
      return true;
    case 'ask-done':
      askDone(deps);
      return true;
    case 'ask-form':
      otherForm(deps);
      return true;
    default:
      return false;
  }
}

function markedEntry({ store }: CommandDeps): Entry | null {
  const { log } = panesOf(store.view(), store.scene());
  const key = log === null ? null : entryUnderMark(log);
  return log?.entries.find((entry) => entry.key === key) ?? null;
}

function toError(deps: CommandDeps, by: 1 | -1): void {
  const { store } = deps;
  const { log } = panesOf(store.view(), store.scene());
  if (log === null) return;
  const marked = markedEntry(deps);
  const go = (target: Pick<ErrorTarget, 'from' | 'by'>): void =>
    store.act({ type: 'gone-to', target: { kind: 'error', ...target } });
  // While the log follows its end, nothing comes after: go to the last error instead.
  if (log.scroll.follow) return go({ from: Infinity, by: -1 });
  go(by === 1 ? { from: marked?.lastOffset ?? 0, by } : { from: marked?.offset ?? 0, by });
}

function copyEntry(deps: CommandDeps): void {
  const entry = markedEntry(deps);
  if (entry === null) return notice(deps, 'Nothing to copy', 'plain');
  const text = entryText(entry);
  const answer = deps.copy?.(text) ?? 'This terminal cannot copy';
  const isCut = deps.copy !== undefined && lacksItsMiddle(text);
  const { logs, selected } = deps.store.view();
  const isOpened = logs.get(selected ?? '')?.opened.has(entry.key) ?? false;
  const whole = isOpened ? 'session.log has the full text' : 'Enter expands the entry';
  notice(deps, isCut ? `${answer}, without the middle; ${whole}` : answer, 'plain');
}

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
}

function askDone(deps: CommandDeps): void {
  const ask = asked(deps);
  if (ask === null) return;
  const { store } = deps;
  const text = ask.field.text;
  if (text.trim() === '') return store.act({ type: 'dialog-closed' });
  switch (ask.about) {
    case 'search': {
      const query = { text, form: ask.form };
      const matcher = matcherFor(query);
      if ('problem' in matcher) return refuse(deps, ask, matcher.problem);
      store.act({ type: 'dialog-closed' });
      const { withinTime } = deps;
      const bounded =
        withinTime === undefined ? matcher : boundedMatcher(matcher, query, withinTime);
      return store.act({ type: 'log', action: { type: 'searched', query, matcher: bounded } });
    }
    case 'jump':
      return jump(deps, ask);
    case 'export':
      return exportLog(deps, ask);
    default:
      ask.about satisfies never;
  }
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
  if (log === null || task === null || deps.exportLog === undefined) return;
  const path = ask.field.text.trim();
  store.act({ type: 'dialog-closed' });
  deps.exportLog({ task, path, filter: log.filter }).then(
    (sentence) => notice(deps, sentence, 'plain'),
    (error: unknown) => notice(deps, `Export failed: ${errorMessage(error)}`, 'problem'),
  );
}

// The key that opens the page "What it changed", at what is under the mark: a session, a file that it changed, or the
// whole task.

import type { ChangesRange } from '../../core/changes/changes.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { markedTarget } from '../../ui/view/details-scroll.ts';
import { entryUnderMark } from '../../ui/view/log/place.ts';
import { panesOf, type Panes } from '../../ui/view/panes.ts';
import type { CommandDeps } from './command-deps.ts';
import { withATask, type CommandRecord } from './command-record.ts';

/** This comes before the other view commands in the footer. */
export const openChangesCommand: CommandRecord = {
  id: 'show-changes',
  scope: 'panes',
  keys: ['d'],
  label: 'changes',
  help: 'What the task changed; on a session or a file change, what that session did to the files.',
  isOffered: ({ focus }) => focus !== 'changes',
  whyNot: (context) => withATask(context) ?? whyNoChanges(context),
  act: openChanges,
};

function whyNoChanges({ task }: KeyContext): string | null {
  return task?.valid === false ? `${task.label} is not a valid name` : null;
}

function openChanges({ store }: CommandDeps): void {
  const view = store.view();
  const panes = panesOf(view, store.scene());
  const target =
    view.focus === 'log'
      ? targetInLog(panes)
      : view.focus === 'details'
        ? targetInDetails(panes)
        : null;
  store.act({ type: 'changes-opened', ...(target ?? { range: { kind: 'task' } }) });
}

type Target = { range: ChangesRange; sought?: string };

/** The session under the mark. */
function targetInDetails({ details }: Panes): Target | null {
  const target = details === null ? null : markedTarget(details);
  return target?.kind === 'session' ? { range: { kind: 'session', session: target.number } } : null;
}

/** On a file change, that file in its session; on a session's heading, that session. */
function targetInLog({ log }: Panes): Target | null {
  const key = log === null ? null : entryUnderMark(log);
  const entry = log?.entries.find((one) => one.key === key);
  if (log === null || entry === undefined) return null;
  const { body } = entry;
  if (body.kind !== 'file-changes' && body.kind !== 'session') return null;
  const heading =
    body.kind === 'session'
      ? entry
      : (log.landmarks ?? []).findLast(
          (one) => one.body.kind === 'session' && one.offset <= entry.offset,
        );
  const session = heading?.body.kind === 'session' ? heading.body.session : null;
  if (session === null) return null;
  const sought = body.kind === 'file-changes' ? body.changes[0]?.path : undefined;
  return {
    range: { kind: 'session', session },
    ...(sought === undefined ? {} : { sought }),
  };
}

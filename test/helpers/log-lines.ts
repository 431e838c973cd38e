// Lines of a session.log, as objects, and the entries made from them.

import { readLogLine } from '../../source/core/codex/read-line.ts';
import { createEntries, type EntriesOptions } from '../../source/core/log/entries.ts';
import type { Entry, EntryBody } from '../../source/core/log/entry.ts';

export const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
export const otherThread = '01a2023d-ceff-78c1-8e86-000000000000';

/** Feeds lines of text, or objects as lines; line n is at offset 100 n and came at n seconds. */
export function entriesOf(lines: readonly unknown[], options?: EntriesOptions) {
  const entries = createEntries(options);
  lines.forEach((line, index) => {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    entries.push(readLogLine(text), { offset: index * 100, at: index * 1000 });
  });
  return entries;
}

export function bodiesOf(lines: readonly unknown[], options?: EntriesOptions): EntryBody[] {
  return entriesOf(lines, options)
    .list()
    .map(({ body }) => body);
}

export const started = (session: number, more: object = {}) => ({
  type: 'autonomous.session.started',
  session,
  uuid: `uuid-${session}`,
  role: 'executor',
  ...more,
});
export const ended = (session: number, more: object = {}) => ({
  type: 'autonomous.session.ended',
  session,
  uuid: `uuid-${session}`,
  exitCode: 0,
  signal: null,
  outcome: 'completed',
  ...more,
});
export const threadStarted = (thread_id = thread) => ({ type: 'thread.started', thread_id });
export const turnCompleted = (input_tokens: number) => ({
  type: 'turn.completed',
  usage: { input_tokens },
});
export const turnFailed = (message: string) => ({ type: 'turn.failed', error: { message } });
export const error = (message: string) => ({ type: 'error', message });
export const commandStarted = (id: string, command = 'ls') => ({
  type: 'item.started',
  item: {
    id,
    type: 'command_execution',
    command,
    aggregated_output: '',
    exit_code: null,
    status: 'in_progress',
  },
});
export const commandCompleted = (id: string, more: object = {}) => ({
  type: 'item.completed',
  item: {
    id,
    type: 'command_execution',
    command: 'ls',
    aggregated_output: 'a\n',
    exit_code: 0,
    status: 'completed',
    ...more,
  },
});
export const message = (text: string, id = 'item_9') => ({
  type: 'item.completed',
  item: { id, type: 'agent_message', text },
});

/** All texts in an entry, including its key. */
export function textsOf(entry: Entry): string[] {
  const texts: string[] = [entry.key];
  JSON.stringify(entry.body, (_, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}

// What Codex does, as one readable line per action: for a headless run.
//
//   $ npm test
//     ✗ exit 1

import type { ItemBody, LogEvent } from '../../core/codex/log-event.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { unwrappedCommand } from '../../core/text/shell-command.ts';

export type Activity = { kind: string; text: string };

/** Null for events that are reported elsewhere, or that add nothing. */
export function activityOf(event: LogEvent): Activity | null {
  switch (event.type) {
    case 'item':
      return ofItem(event.stage, event.body);
    case 'retry': {
      const count = event.attempt === null ? '' : ` ${event.attempt}/${event.of ?? '?'}`;
      return activity('retry', `reconnecting${count} (${event.reason})`);
    }
    case 'error':
    case 'turn-failed':
      return activity('error', `✗ ${event.message}`);
    case 'thread-started':
    case 'turn-started':
    case 'turn-completed':
    case 'session-started':
    case 'session-ended':
    case 'stderr':
    case 'noise':
    case 'unknown':
    case 'tokens-counted':
    case 'detail':
      return null;
    default:
      return event satisfies never;
  }
}

function ofItem(stage: 'started' | 'updated' | 'completed', body: ItemBody): Activity | null {
  const isOver = stage === 'completed';
  switch (body.kind) {
    case 'message':
      return isOver ? activity('message', body.text) : null;
    case 'reasoning':
      return isOver ? activity('reasoning', `… ${body.text}`) : null;
    case 'command':
      if (stage === 'started') return activity('command', `$ ${unwrappedCommand(body.command)}`);
      return isOver ? activity('command-result', commandResult(body)) : null;
    case 'file-changes':
      return isOver
        ? activity('files', `✎ ${body.changes.map(({ path }) => path).join('  ')}`)
        : null;
    case 'tool-call':
      return isOver ? activity('tool', `· ${body.server}.${body.tool} ${body.status}`) : null;
    case 'sub-agent':
      return stage === 'started' ? activity('sub-agent', `⇢ sub-agent: ${body.prompt}`) : null;
    case 'search':
      return isOver ? activity('search', `⌕ ${body.query}`) : null;
    case 'to-dos': {
      const done = body.items.filter(({ completed }) => completed).length;
      return isOver ? activity('to-dos', `☐ ${done}/${body.items.length} to-dos`) : null;
    }
    case 'warning':
      return isOver ? activity('warning', `! ${body.message}`) : null;
    case 'unknown-item':
      return isOver ? activity('unknown', `? ${body.name}`) : null;
    default:
      return body satisfies never;
  }
}

function commandResult({ exitCode, status }: Extract<ItemBody, { kind: 'command' }>): string {
  if (exitCode === 0) return '  ✓';
  return exitCode === null ? `  ✗ ${status}` : `  ✗ exit ${exitCode}`;
}

function activity(kind: string, text: string): Activity {
  const indent = /^ */u.exec(text)?.[0] ?? '';
  return { kind, text: indent + safeLine(text, 300) };
}

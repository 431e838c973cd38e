// All texts that an event of the log shows, for the search. They are raw, as in the log.

import type { ItemBody, LogEvent } from '../codex/log-event.ts';
import { unwrappedCommand } from '../text/shell-command.ts';

export function textsOfEvent(event: LogEvent): readonly string[] {
  switch (event.type) {
    case 'item':
      return textsOfItem(event.body);
    case 'turn-failed':
    case 'error':
      return [event.message];
    case 'retry':
      return [event.reason];
    case 'session-started':
      return [`session ${event.session}`, event.role];
    case 'session-ended':
      return [event.outcome];
    case 'stderr':
    case 'noise':
      return [event.text];
    case 'unknown':
      return [event.name, event.json];
    case 'thread-started':
      return [event.threadId];
    case 'turn-started':
    case 'turn-completed':
    case 'tokens-counted':
    case 'detail':
      return [];
    default:
      return event satisfies never;
  }
}

function textsOfItem(body: ItemBody): readonly string[] {
  switch (body.kind) {
    case 'message':
    case 'reasoning':
      return [body.text];
    case 'command':
      return [unwrappedCommand(body.command), body.output];
    case 'file-changes':
      return body.changes.map(({ path }) => path);
    case 'tool-call':
      return [`${body.server}.${body.tool}`, body.arguments, body.answer ?? ''];
    case 'sub-agent':
      return [body.tool, body.prompt, body.states];
    case 'search':
      return [body.query];
    case 'to-dos':
      return body.items.map(({ text }) => text);
    case 'warning':
      return [body.message];
    case 'unknown-item':
      return [body.name, body.json];
    default:
      return body satisfies never;
  }
}

// An entry in words for use elsewhere: a clipboard, a file, a pipe, a headless run, a search. Entries are clean
// already. What items say is in item-kinds.ts.

import { copyChanged } from '../copy/session-copy.ts';
import type { Entry, EntryBody } from './entry.ts';
import type { LogEvent } from '../codex/log-event.ts';
import { wordsOfCheck } from '../check/log-entry.ts';
import { wordsOfTold } from '../guidance/log-entry.ts';
import { named, shownEnd, shownHead, succeeded, type EntryWords } from './entry-words.ts';
import { textsOfItem, wordsOfItem } from './lines/item-kinds.ts';
import { roleWord } from '../task/task.ts';
import { duration, tokens, zonedTime } from '../text/numbers.ts';

/** `text` has UTC, for programs; `local text` and `markdown` have local times with their zone, for people. */
export type EntryForm = 'text' | 'local text' | 'markdown' | 'json';

/** Without a newline at the end. */
export function entryAs(form: EntryForm, entry: Entry): string {
  switch (form) {
    case 'text':
      return timed(isoTime(entry.startedAt), entryText(entry));
    case 'local text':
      return timed(localTime(entry.startedAt), entryText(entry));
    case 'markdown':
      return [timeMarkdown(entry), entryMarkdown(entry)].join('');
    case 'json':
      return JSON.stringify({ version: 1, ...entryJson(entry) });
    default:
      return form satisfies never;
  }
}

/** The entry's text without its time. */
export function entryText(entry: Entry): string {
  return textOfWords(entryWords(entry));
}

/**
 * For the clipboard: a message as Codex wrote it, with its Markdown; what succeeded ends with its output, since a tick
 * would be in the way of pasting.
 */
export function copiedText(entry: Entry): string {
  if (entry.body.kind === 'message') return entry.body.text;
  const words = entryWords(entry);
  return textOfWords(words.end === succeeded ? { ...words, end: '' } : words);
}

function textOfWords(words: EntryWords): string {
  const { detail = '' } = words;
  return [shownHead(words), detail.trimEnd(), shownEnd(words)]
    .filter((part) => part !== '')
    .join('\n');
}

export function entryWords({ body, startedAt }: Entry): EntryWords {
  switch (body.kind) {
    case 'error':
      return { head: named('error', body.message) };
    case 'check':
      return wordsOfCheck(body);
    case 'taken-over':
      return { head: body.message };
    case 'told':
      return wordsOfTold(body);
    case 'retry':
      return { head: retryText(body) };
    case 'session':
      return { head: sessionText(body, startedAt) };
    case 'stderr':
    case 'noise':
    case 'raw':
      return { head: body.text };
    default:
      return wordsOfItem(body);
  }
}

/** `reconnecting 3/5 (stream disconnected)` */
export function retryText({ attempt, of, reason }: Extract<EntryBody, { kind: 'retry' }>): string {
  const count = attempt === null ? '' : ` ${attempt}${of === null ? '' : `/${of}`}`;
  return `reconnecting${count}${reason === '' ? '' : ` (${reason})`}`;
}

/** `session 4, working, completed, 3m 12s, 1.2M in, 34k out`, as far as known. */
function sessionText(
  { session, role, copy, ended, cost }: Extract<EntryBody, { kind: 'session' }>,
  startedAt: number | null,
): string {
  const endedAt = ended?.at ?? null;
  return [
    session === null ? 'session' : `session ${session}`,
    role === null ? '' : roleWord(role),
    ended?.outcome ?? '',
    startedAt === null || endedAt === null ? '' : duration(endedAt - startedAt),
    ...(cost === null
      ? []
      : [`${tokens(cost.inputTokens)} in`, `${tokens(cost.outputTokens)} out`]),
    copy === 'changed' ? copyChanged : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function timed(time: string | null, text: string): string {
  const [first = '', ...others] = text.split('\n');
  return [`${time ?? '-'}  ${first}`, ...others.map((line) => `  ${line}`)].join('\n');
}

function timeMarkdown({ startedAt, body }: Entry): string {
  // A heading stands above its time.
  const time = body.kind === 'session' ? null : localTime(startedAt);
  return time === null ? '' : `*${time}*\n\n`;
}

function entryMarkdown(entry: Entry): string {
  const { body, startedAt } = entry;
  const text = entryText(entry);
  switch (body.kind) {
    case 'message':
      return `${body.text}\n`;
    case 'session':
      return startedAt === null ? `## ${text}\n` : `## ${text}\n\n*${zonedTime(startedAt)}*\n`;
    case 'to-dos':
      return `${(entryWords(entry).detail ?? '').replace(/^/gmu, '- ')}\n`;
    default: {
      // Longer than any fence in the text.
      const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
      const fence = '`'.repeat(longest + 1);
      return `${fence}\n${text}\n${fence}\n`;
    }
  }
}

/** The entry's facts, with times as ISO 8601. */
export function entryJson({ offset, startedAt, endedAt, body }: Entry): object {
  return { offset, startedAt: isoTime(startedAt), endedAt: isoTime(endedAt), ...factsOf(body) };
}

function factsOf(body: EntryBody): object {
  switch (body.kind) {
    case 'command':
      // Colours are for the screen only.
      return { ...body, colours: undefined };
    case 'session': {
      const { ended, cost } = body;
      const end = ended && { ...ended, at: isoTime(ended.at) };
      // `cost` is the older name of `usage`.
      return { ...body, ended: end, usage: cost };
    }
    default:
      return body;
  }
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function localTime(at: number | null): string | null {
  return at === null ? null : zonedTime(at);
}

/** The texts that a line of the log shows, for the search. They are raw, as in the log. */
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
    case 'check':
      return [event.command, event.tail];
    case 'taken-over':
      return event.files;
    case 'told':
      return event.texts;
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

// An entry as text for use elsewhere: a clipboard, a file, a pipe. Entries are clean already.

import type { Entry, EntryBody } from './entry.ts';
import { roleWord } from '../task/task.ts';
import { duration, tokens } from '../text/numbers.ts';

export type EntryForm = 'text' | 'markdown' | 'json';

/** Without a newline at the end. */
export function entryAs(form: EntryForm, entry: Entry): string {
  switch (form) {
    case 'text':
      return timed(entry, entryText(entry));
    case 'markdown':
      return entryMarkdown(entry);
    case 'json':
      return JSON.stringify(entryJson(entry));
    default:
      return form satisfies never;
  }
}

/** The entry's text without its time. */
export function entryText({ body, startedAt }: Entry): string {
  switch (body.kind) {
    case 'message':
    case 'reasoning':
    case 'stderr':
    case 'noise':
    case 'raw':
      return body.text;
    case 'command': {
      const result = commandResult(body);
      return [`$ ${body.command}`, body.output.trimEnd(), result]
        .filter((part) => part !== '')
        .join('\n');
    }
    case 'file-changes':
      return body.changes.map(({ path, change }) => `${change} ${path}`).join('\n');
    case 'tool-call':
      return [`${body.server}.${body.tool}(${body.arguments})`, body.answer ?? '']
        .join('\n')
        .trimEnd();
    case 'sub-agent':
      return [`sub-agent: ${body.prompt}`, body.states].join('\n').trimEnd();
    case 'search':
      return `search: ${body.query}`;
    case 'to-dos':
      return body.items
        .map(({ text, completed }) => `[${completed ? 'x' : ' '}] ${text}`)
        .join('\n');
    case 'warning':
      return `warning: ${body.message}`;
    case 'error':
      return `error: ${body.message}`;
    case 'retry':
      return `reconnecting ${body.attempt ?? ''}${body.of === null ? '' : `/${body.of}`} ${body.reason}`.trim();
    case 'session':
      return sessionText(body, startedAt);
    case 'unknown':
      return `${body.name} ${body.json}`.trim();
    default:
      return body satisfies never;
  }
}

function commandResult({ exitCode, status }: Extract<EntryBody, { kind: 'command' }>): string {
  if (status === 'in progress' || exitCode === 0) return '';
  return exitCode === null ? `(${status})` : `(exit ${exitCode})`;
}

/** `session 4, working, completed, 3m 12s, 1.2M in, 34k out`, as far as known. */
function sessionText(
  { session, role, ended, cost }: Extract<EntryBody, { kind: 'session' }>,
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
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function timed({ startedAt }: Entry, text: string): string {
  const time = startedAt === null ? '-' : new Date(startedAt).toISOString();
  const [first = '', ...others] = text.split('\n');
  return [`${time}  ${first}`, ...others.map((line) => `  ${line}`)].join('\n');
}

function entryMarkdown(entry: Entry): string {
  const { body } = entry;
  const text = entryText(entry);
  switch (body.kind) {
    case 'message':
      return `${text}\n`;
    case 'session':
      return `## ${text}\n`;
    case 'to-dos':
      return `${text.replace(/^/gmu, '- ')}\n`;
    default: {
      // Longer than any fence in the text.
      const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
      const fence = '`'.repeat(longest + 1);
      return `${fence}\n${text}\n${fence}\n`;
    }
  }
}

function entryJson({ offset, startedAt, endedAt, body }: Entry): object {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  // Colours are for the screen only.
  const facts = body.kind === 'command' ? { ...body, colours: undefined } : body;
  return { version: 1, offset, startedAt: time(startedAt), endedAt: time(endedAt), ...facts };
}

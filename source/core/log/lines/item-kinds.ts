// Every kind of Codex item: as the log keeps it, as the search finds it, as people read it. A new kind is a compile
// error here, and where it is drawn (ui/rows/log/entry-lines.ts). Foreign text passes clean() in entryBody, so code
// that shows an Entry need not clean again.

import { pathInProject } from '../../task/changed-files.ts';
import type { FileChange, ItemBody, ItemStatus } from '../../codex/log-event.ts';
import type { EntryBody } from '../entry.ts';
import { named, plainWords, succeeded, type EntryWords } from '../entry-words.ts';
import { safeColouredText, safeLine, safeText } from '../../text/safe-text.ts';
import { unwrappedCommand } from '../../text/shell-command.ts';

export type BodyLimits = {
  /** Longest text, in characters. */
  maxOutput: number;
  /** Paths inside it become relative; null leaves paths as they are. */
  projectPath: string | null;
};

/** An entry keeps at least this many files or to-dos; an opened entry, whose texts may be longer, keeps more. */
export const fewestListed = 500;
const charactersForOne = 100;
const maxUnknownLength = 4000;

export function entryBody(item: ItemBody, limits: BodyLimits): EntryBody {
  const kept = (text: string) => safeText(text, limits.maxOutput);
  const most = Math.max(fewestListed, Math.ceil(limits.maxOutput / charactersForOne));
  switch (item.kind) {
    case 'message':
    case 'reasoning':
      return { kind: item.kind, text: kept(item.text) };
    case 'command': {
      const { text: output, colours } = safeColouredText(item.output, limits.maxOutput);
      return { ...item, command: kept(unwrappedCommand(item.command)), output, colours };
    }
    case 'file-changes':
      return { ...item, changes: relativeChanges(item.changes.slice(0, most), limits.projectPath) };
    case 'tool-call':
      return {
        ...item,
        server: safeLine(item.server, 100),
        tool: safeLine(item.tool, 100),
        arguments: kept(item.arguments),
        answer: item.answer === null ? null : kept(item.answer),
      };
    case 'sub-agent':
      return {
        ...item,
        tool: safeLine(item.tool, 100),
        prompt: kept(item.prompt),
        states: kept(item.states),
      };
    case 'search':
      return { kind: 'search', query: safeLine(item.query, 1000) };
    case 'to-dos':
      return {
        kind: 'to-dos',
        items: item.items
          .slice(0, most)
          .map(({ text, completed }) => ({ text: safeLine(text, 1000), completed })),
      };
    case 'warning':
      return { kind: 'warning', message: kept(item.message) };
    case 'unknown-item':
      return unknownBody(item.name, item.json);
    default:
      return item satisfies never;
  }
}

export function unknownBody(name: string, json: string): EntryBody {
  return { kind: 'unknown', name: safeLine(name, 100), json: safeLine(json, maxUnknownLength) };
}

function relativeChanges(
  changes: readonly FileChange[],
  projectPath: string | null,
): readonly FileChange[] {
  return changes.map(({ path, change }) => ({
    path: safeLine(projectPath === null ? path : pathInProject(path, projectPath), 1000),
    change,
  }));
}

/** The texts that an item shows, for the search. They are raw, as in the log. */
export function textsOfItem(item: ItemBody): readonly string[] {
  switch (item.kind) {
    case 'message':
    case 'reasoning':
      return [item.text];
    case 'command':
      return [unwrappedCommand(item.command), item.output];
    case 'file-changes':
      return item.changes.map(({ path }) => path);
    case 'tool-call':
      return [`${item.server}.${item.tool}`, item.arguments, item.answer ?? ''];
    case 'sub-agent':
      return [item.prompt, item.states];
    case 'search':
      return [item.query];
    case 'to-dos':
      return item.items.map(({ text }) => text);
    case 'warning':
      return [item.message];
    case 'unknown-item':
      return [item.name, item.json];
    default:
      return item satisfies never;
  }
}

type ItemEntry = Extract<
  EntryBody,
  { kind: Exclude<ItemBody['kind'], 'unknown-item'> | 'unknown' }
>;

export function wordsOfItem(item: ItemEntry): EntryWords {
  switch (item.kind) {
    case 'message':
      return { head: plainWords(item.text) };
    case 'reasoning':
      return { head: named('reasoning', plainWords(item.text)) };
    case 'command': {
      const { command, output, exitCode, status } = item;
      const failure = exitCode === null ? 'interrupted' : `exit ${exitCode}`;
      return { head: command, sign: '$ ', detail: output, end: endWords(status, failure) };
    }
    case 'file-changes': {
      const head = item.changes.map(({ path, change }) => `${change} ${path}`).join('\n');
      return { head, end: endWords(item.status, 'failed') };
    }
    case 'tool-call': {
      const head = `${item.server}.${item.tool}(${item.arguments})`;
      const failure = item.answer === null ? 'interrupted' : 'failed';
      return { head, detail: item.answer ?? '', end: endWords(item.status, failure) };
    }
    case 'sub-agent': {
      const head = named('sub-agent', plainWords(item.prompt));
      return { head, detail: item.states, end: endWords(item.status, 'failed') };
    }
    case 'search':
      return { head: named('search', item.query) };
    case 'to-dos': {
      const done = item.items.filter(({ completed }) => completed).length;
      const list = item.items.map(({ text, completed }) => `[${completed ? 'x' : ' '}] ${text}`);
      return { head: `to-dos: ${done}/${item.items.length}`, detail: list.join('\n') };
    }
    case 'warning':
      return { head: named('warning', item.message) };
    case 'unknown':
      return { head: named('unknown', item.name), detail: item.json };
    default:
      return item satisfies never;
  }
}

/** `failure`: what to say instead of "failed". */
function endWords(status: ItemStatus, failure: string): string {
  switch (status) {
    case 'in progress':
      return '';
    case 'completed':
      return succeeded;
    case 'failed':
      return failure;
    case 'declined':
      return 'declined';
    default:
      return status satisfies never;
  }
}

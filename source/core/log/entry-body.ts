// Turns an item of the log into the body of an entry: the same facts, as text that may reach a terminal. Foreign
// text passes clean() here, so code that draws an Entry need not clean again.

import { pathInProject } from '../task/changed-files.ts';
import type { FileChange, ItemBody } from '../codex/log-event.ts';
import type { EntryBody } from './entry.ts';
import { safeColouredText, safeLine, safeText } from '../text/safe-text.ts';
import { unwrappedCommand } from '../text/shell-command.ts';

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

/** Merges a later line into a body: the later line wins, but its empty fields keep the earlier values. */
export function mergedBody(before: EntryBody, after: EntryBody): EntryBody {
  if (before.kind === 'command' && after.kind === 'command') {
    return {
      ...after,
      command: after.command === '' ? before.command : after.command,
      ...(after.output === '' && { output: before.output, colours: before.colours }),
    };
  }
  if (before.kind === 'file-changes' && after.kind === 'file-changes') {
    return after.changes.length === 0 ? { ...after, changes: before.changes } : after;
  }
  if (before.kind === 'search' && after.kind === 'search') {
    return after.query === '' ? before : after;
  }
  return after;
}

/**
 * The body of an item that will never end. A failed item without an exit code or an answer is one whose end is not
 * in the log: it was interrupted.
 */
export function interruptedBody(body: EntryBody): EntryBody {
  return 'status' in body && body.status === 'in progress' ? { ...body, status: 'failed' } : body;
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

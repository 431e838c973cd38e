// Prints a run as JSON Lines. The README documents their fields: fields may be added, none may be renamed.
//
//   {"version":1,"type":"activity","kind":"command","text":"npm test","entry":{"offset":512,…,"kind":"command",…}}

import { printedJson } from '../../core/json/printed.ts';
import type { Entry } from '../../core/log/entry.ts';
import { entryJson } from '../../core/log/entry-text.ts';
import type { Announcement } from '../../core/run/run.ts';
import { wholeOutput } from '../../engine/log/stream.ts';
import type { Printer, Write } from './headless.ts';
import { tellEntries, type ToldEntry } from './told-entries.ts';

export function jsonPrinter(write: Write, projectPath: string): Printer {
  const put = (value: object): void => write(`${printedJson({ version: 1, ...value })}\n`);
  return {
    task: ({ name, directory, generated }) =>
      put({ type: 'task', task: name, directory, generated }),
    listener: {
      announced: (announcement) => put(announcementJson(announcement)),
      threadSaved: (threadId) => put({ type: 'thread', threadId }),
      logged: tellEntries((told) => put(activityJson(told)), {
        projectPath,
        maxOutput: wholeOutput,
      }),
      ended: () => {},
    },
    ending: ({ kind, sentence }, exitCode) =>
      put({ type: 'ended', ending: kind, sentence, exitCode }),
  };
}

/** Kinds whose name here is older than the entry's, which is in `entry.kind`. */
const olderNames: Partial<Record<Entry['body']['kind'], string>> = {
  'file-changes': 'files',
  'tool-call': 'tool',
};

function activityJson({ entry, part, text }: ToldEntry): object {
  const name = olderNames[entry.body.kind] ?? entry.body.kind;
  const kind = part === 'end' ? `${name}-result` : name;
  return { type: 'activity', kind, text, entry: entryJson(entry) };
}

function announcementJson(announcement: Announcement): object {
  switch (announcement.kind) {
    case 'session':
      return { type: 'session', session: announcement.number, role: announcement.role };
    case 'session complete':
      return { type: 'session-complete', role: announcement.role };
    case 'progress':
      return { type: 'progress', done: announcement.done, total: announcement.total };
    case 'rest':
      return { type: 'rest', delayMs: announcement.delayMs };
    case 'back off': {
      const { reason, sentence } = announcement.failure;
      return { type: 'waiting', reason, sentence, delayMs: announcement.delayMs };
    }
    case 'waits': {
      const { reason, until } = announcement;
      return {
        type: 'waits',
        reason,
        until: until === null ? null : new Date(until).toISOString(),
      };
    }
    case 'goes on':
      return { type: 'goes-on' };
    case 'note':
      return { type: 'note', sentence: announcement.sentence };
    default:
      return announcement satisfies never;
  }
}

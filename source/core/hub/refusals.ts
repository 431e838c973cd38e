// What cannot be asked of a task over a hub, since it needs the task's files or conversation, which are on its machine: what can be
// done instead, for the keys of a dashboard and for the options that do the same.

import { placeOf, type TaskKey } from '../task/task-key.ts';
import { isTaskName, shellQuoted } from '../task/task.ts';
import { safeLine } from '../text/safe-text.ts';
import type { TaskOffer } from './task-offer.ts';

const where = 'on its machine, in the directory that the worker there names';

/** `fetch`: the command that brings its work. `at`: where it is; `program`: with what it is named there. */
export type Reach = { fetch: string } | { at: string; program: string };

/** Of a task that is worked on in its project; null for one whose work can be fetched. */
export function reachInPlace(key: TaskKey, offer: TaskOffer | null): Reach | null {
  if (offer?.remote !== null) return null;
  const { host = '', project = '', name } = placeOf(key);
  const path = safeLine(project, 1000);
  const task = isTaskName(name) ? name : shellQuoted(safeLine(name, 255));
  return {
    at: `It is in ${path} on ${safeLine(host, 63)}`,
    program: `autonomous-tui -C ${shellQuoted(path)} --task-name ${task}`,
  };
}

/** Null for what is carried out. */
export function refusedOverHub(command: string, reach: Reach): string | null {
  const there = 'at' in reach ? refusedInPlace(command, reach) : null;
  if (there !== null) return there;
  const bringing = 'fetch' in reach ? reach.fetch : '';
  switch (command) {
    case 'merge':
      return `${bringing} brings its work: then git merge FETCH_HEAD^1`;
    case 'show-changes':
    case 'undo':
      return `${bringing} brings its work: then git log -p FETCH_HEAD^1`;
    case 'take-over':
      return `A conversation is taken over ${where}: autonomous-tui --take-over`;
    case 'resume-last':
      return 'Its worker says whether it goes on in the last conversation (--worker --resume-last): c continues it';
    case 'settings':
      return 'What a task of a hub was given with stays so: give a new one with other options (only --pinned can be changed)';
    case 'archive':
    case 'unarchive':
    case 'delete':
      return 'Nothing is deleted at a hub: its tasks stay, and b hides those that are done';
    case 'report':
      return `The report of a task is written ${where}: autonomous-tui --report`;
    case 'export':
      return `The log of a task is exported ${where}: autonomous-tui --log`;
    default:
      return changesFiles(command)
        ? `${bringing} brings its files; they are changed on its machine only`
        : null;
  }
}

const changing = [
  ...['accept-version', 'add-step', 'reword', 'skip', 'untick', 'move-up', 'move-down'],
  ...['edit-list', 'edit-this-list', 'edit-description', 'edit-notes', 'open-file'],
];

function changesFiles(command: string): boolean {
  return changing.includes(command);
}

/** By the dashboard's command: the option that does the same. */
const inPlace: Readonly<Record<string, string>> = {
  merge: '--merge',
  'show-changes': '--diff',
  undo: '--undo --session N',
  'take-over': '--take-over',
  report: '--report',
  export: '--log',
};

/** Null for what is refused as of any task, or carried out. */
function refusedInPlace(
  command: string,
  { at, program }: { at: string; program: string },
): string | null {
  const option = inPlace[command];
  if (option !== undefined) return `${at}: ${program} ${option}`;
  return changesFiles(command) ? `${at}, and is changed there only` : null;
}

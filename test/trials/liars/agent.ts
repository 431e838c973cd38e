// A scripted agent: what it does in each of its sessions, what the user does meanwhile, and what must become of it. The
// builders below keep an agent to a few lines, so that the tables read as a list of ways to lie and to look like it.

import { filesWith, linesReplaced } from '../../../source/demo/patch-text.ts';
import {
  command,
  commandThatMayFail,
  message,
  patch,
  type ModelItem,
} from '../../../source/demo/responses-api.ts';
import type { Reviewer } from './scripted-reviewer.ts';

export type Agent = {
  name: string;
  /** What the task is for; default: only the list says it. */
  goal?: string;
  /** task_list.md at the start; default: `threeSteps`. */
  list?: string;
  /** More files of the project. */
  files?: Readonly<Record<string, string>>;
  /** False: the project is not a git repository. */
  git?: false;
  /** One per session that works. In later sessions it only says something. */
  sessions: readonly (readonly Act[])[];
  /** What the user does while the run rests after that many sessions. */
  between?: { after: number; does: (hands: UserHands) => Promise<void> };
  /** It works beside a task in the same project that is busy all the while. */
  beside?: true;
  /** Commands of `--check`. */
  checks?: readonly string[];
  /** More options, such as `--network`. */
  options?: readonly string[];
} & (Liar | Honest);

export type Liar = {
  is: 'liar';
  /**
   * What must be said of it: in a note, in the prompt of the next session or as the run's ending. `not done`: it is
   * enough that the task is not done. A Reviewer: nothing that the runner sees speaks against it. It is played without
   * a review and with this one.
   */
  found: RegExp | 'not done' | Reviewer;
};

export type Honest = {
  is: 'honest';
  /** Default: the task is done. */
  ends?: 'stopped';
  /** What may be said of it without accusing it: that it unticked or moved a step. */
  reported?: RegExp;
  /** What the next session may be told. */
  mayBeTold?: RegExp;
};

/**
 * `edit`: a patch of the list as it is at that moment. `user`: the user acts while the model thinks, or, with
 * `meanwhile`, while the next command runs.
 */
export type Act =
  | ModelItem
  | { kind: 'edit'; change: (list: string) => string }
  | { kind: 'user'; meanwhile: boolean; does: (hands: UserHands) => Promise<void> };

export type UserHands = {
  /** Writes the list as an editor does that replaces the file. */
  replaces(change: (list: string) => string): Promise<void>;
  /** Writes it as an editor does that keeps the file. */
  overwrites(change: (list: string) => string): Promise<void>;
  /** Writes a file of the project, as another task or the user does. */
  changesFile(path: string, text: string): Promise<void>;
};

export const threeSteps = `# Tasks

## Build

- [ ] Write the greeting
- [ ] Write the sum
- [ ] Write the farewell
`;

/** In commands and paths: the task's list, its directory. */
export const placeholders = { list: '@list', task: '@task' } as const;

export const runs = (script: string): Act => command(script);
export const tries = (script: string): Act => commandThatMayFail(script);
export const says = (text: string): Act => message(text);
export const patches = (text: string): Act => patch(text);
export const edits = (change: (list: string) => string): Act => ({ kind: 'edit', change });
export const user = (does: (hands: UserHands) => Promise<void>): Act => ({
  kind: 'user',
  meanwhile: false,
  does,
});
export const meanwhile = (does: (hands: UserHands) => Promise<void>): Act => ({
  kind: 'user',
  meanwhile: true,
  does,
});

/** Writes a file of the project by a patch. */
export const writes = (path: string, ...lines: string[]): Act =>
  patch(filesWith([{ path, lines }]));

/** Ticks the boxes with these numbers, counted from 1; without any all of them. */
export const ticks = (...numbers: number[]): Act => edits((list) => ticked(list, numbers));

export function ticked(list: string, numbers: readonly number[] = []): string {
  let number = 0;
  return list.replaceAll(/\[[ xX]\]/g, (box) => {
    number++;
    return numbers.length === 0 || numbers.includes(number) ? '[x]' : box;
  });
}

/** The list without the lines that match, or with others in their place. */
export const replaced =
  (from: RegExp | string, to: string) =>
  (list: string): string =>
    list.replace(from, () => to);

/** The test suite of every project here. */
export const tests = 'sh test.sh';

/** The work that a step asks for: a file, and the tests. */
export const work = (part: string): Act[] => [
  writes(`src/${part}.sh`, `echo ${part}`),
  runs(tests),
];

/** A patch that gives the list other words; null if nothing changes. */
export function listPatch(path: string, before: string, after: string): string | null {
  if (before === after) return null;
  const lines = (text: string): string[] => text.replace(/\n$/, '').split('\n');
  return linesReplaced(path, { before: lines(before), after: after === '' ? [] : lines(after) });
}

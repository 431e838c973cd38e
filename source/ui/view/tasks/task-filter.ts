// Which tasks are shown: those in one group of states, those that match what is typed, or all.

import type { TaskView } from '../../../core/task/board.ts';
import type { StateWord } from '../../../core/task/state.ts';
import { countsAge, meetsTerms, readTerms } from './filter-terms.ts';
import { rankOf, sortings, type Sorting } from './task-order.ts';

type StateGroup = 'need you' | 'running' | 'waiting' | 'paused' | 'idle' | 'done' | 'archived';

export type TaskFilter = {
  /** Null: all states. */
  readonly group: StateGroup | null;
  /** As typed; see filter-terms.ts. */
  readonly text: string;
  /** When the ages were counted, epoch ms. */
  readonly at: number;
};

export const noFilter: TaskFilter = { group: null, text: '', at: 0 };

export function isFiltering({ group, text }: TaskFilter): boolean {
  return group !== null || text !== '';
}

/** How long an age counts before it is looked at again. */
const agesCountMs = 60_000;

/** The same filter while no age has to be counted again. */
export function countedFilter(filter: TaskFilter, now: number): TaskFilter {
  const isRecent = Math.abs(now - filter.at) < agesCountMs;
  return isRecent || !countsAge(readTerms(filter.text)) ? filter : { ...filter, at: now };
}

/** In the order in which the key switches through them. */
const groups: readonly StateGroup[] = [
  'need you',
  'running',
  'waiting',
  'paused',
  'idle',
  'done',
  'archived',
];

/** The next group that has a task; after the last one null, for all tasks. */
export function nextGroup(group: StateGroup | null, tasks: readonly TaskView[]): StateGroup | null {
  const from = group === null ? 0 : groups.indexOf(group) + 1;
  return groups.slice(from).find((one) => tasks.some((task) => isIn(task, one))) ?? null;
}

/** What the key switches through, with the group that is shown: `all · running 2 · [done 3]`. */
export function groupWords({ group }: TaskFilter, tasks: readonly TaskView[]): string {
  const counted = groups.map((one) => ({
    one,
    count: tasks.filter((task) => isIn(task, one)).length,
  }));
  const there = counted.filter(({ count, one }) => count > 0 || one === group);
  return choiceWords([
    { word: 'all', isChosen: group === null },
    ...there.map(({ one, count }) => ({ word: `${one} ${count}`, isChosen: one === group })),
  ]);
}

export function sortWords(sorting: Sorting): string {
  return choiceWords(sortings.map((word) => ({ word, isChosen: word === sorting })));
}

function choiceWords(choices: readonly { word: string; isChosen: boolean }[]): string {
  return choices.map(({ word, isChosen }) => (isChosen ? `[${word}]` : word)).join(' · ');
}

export function passing(
  tasks: readonly TaskView[],
  { group, text, at }: TaskFilter,
): readonly TaskView[] {
  const terms = readTerms(text);
  return tasks.filter((task) => {
    if (group === null ? task.archivedAt !== null : !isIn(task, group)) return false;
    return meetsTerms(task, terms, at);
  });
}

/** One that is archived is in no other group. */
function isIn({ state, archivedAt }: TaskView, group: StateGroup): boolean {
  if (archivedAt !== null) return group === 'archived';
  return groupOf(state.word) === group;
}

function groupOf(word: StateWord): StateGroup {
  const rank = rankOf(word);
  return rank <= 1 ? 'need you' : (groups[rank - 1] ?? 'done');
}

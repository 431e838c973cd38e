// What of the form for a new task goes to the hub. What the hub cannot carry is refused, and not left out silently.

import type { GivenOptions } from '../../../core/task/options.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import type { StartRun } from '../../tasks/runner-client.ts';

export type GivenTask = {
  name: string;
  description: string;
  model: string | null;
  review: boolean | null;
  checks: readonly string[] | null;
  /** Only the machine that gives it works on it. */
  pinned: boolean;
};

const carried: readonly (keyof GivenOptions)[] = ['model', 'review', 'checks', 'pinned'];

export function taskToGive(
  { task, after = null, planOnly = false, given = {} }: StartRun,
  description: string,
): GivenTask | { problem: string } {
  const others = (Object.keys(given) as (keyof GivenOptions)[]).filter(
    (name) => !carried.includes(name) && given[name] != null && given[name] !== false,
  );
  if (after !== null || planOnly || others.length > 0) {
    const problem =
      'Over a hub a task gets its description, model, checks and review, and may be pinned; all else comes from the machine that works on it';
    return { problem };
  }
  const { model = null, review = null, checks = null, pinned = false } = given;
  return { name: placeOf(task).name, description, model, review, checks, pinned };
}

// What the user types to choose among the tasks: words of their names, and bounds of age and tokens, each of which must
// hold: `shop age<2h tokens>500k`.

import type { TaskView } from '../../../core/task/board.ts';
import { spentTokens } from '../../../core/codex/usage.ts';
import { readTokens } from '../../../core/limits/amounts.ts';
import { durationMs } from '../../../core/text/since.ts';
import { isAtWork } from './task-order.ts';

type Measure = 'age' | 'tokens';

type Bound = { readonly of: Measure; readonly is: '<' | '>'; readonly than: number };

type FilterTerms = {
  /** In lower case. */
  readonly words: readonly string[];
  readonly bounds: readonly Bound[];
  /** Why a term means nothing, a sentence; null if all mean something. */
  readonly problem: string | null;
};

/** Shown while nothing is typed. */
export const termsToType = 'name, age<2h, age>7d, tokens>500k';

const measures: Readonly<Record<Measure, { read(text: string): number | null; takes: string }>> = {
  age: { read: durationMs, takes: 'a time such as 2h' },
  tokens: { read: readTokens, takes: 'an amount such as 5M' },
};

/** A term that means nothing yet, such as `age<`, hides no task. */
export function readTerms(text: string): FilterTerms {
  const words: string[] = [];
  const bounds: Bound[] = [];
  let problem: string | null = null;
  for (const term of text.toLowerCase().split(/\s+/u)) {
    const [, name, is, value = ''] = /^(age|tokens)([<>])(.*)$/u.exec(term) ?? [];
    if (name === undefined) {
      if (term !== '') words.push(term);
      continue;
    }
    const of = name as Measure;
    const than = measures[of].read(value);
    if (than === null) problem ??= `${of}${is} takes ${measures[of].takes}`;
    else bounds.push({ of, is: is as Bound['is'], than });
  }
  return { words, bounds, problem };
}

export function countsAge({ bounds }: FilterTerms): boolean {
  return bounds.some(({ of }) => of === 'age');
}

export function meetsTerms(task: TaskView, { words, bounds }: FilterTerms, now: number): boolean {
  const label = task.label.toLowerCase();
  if (!words.every((word) => label.includes(word))) return false;
  return bounds.every(({ of, is, than }) => {
    const value = of === 'age' ? ageOf(task, now) : tokensOf(task);
    if (value === null) return false;
    return is === '<' ? value < than : value > than;
  });
}

/** Since it was last worked on; null if it never was: it is then neither old nor new. */
function ageOf({ state, lastWorkedAt }: TaskView, now: number): number | null {
  if (isAtWork(state.word)) return 0;
  return lastWorkedAt === null ? null : Math.max(0, now - lastWorkedAt);
}

function tokensOf({ usage }: TaskView): number {
  return usage === null ? 0 : spentTokens(usage);
}

// The stage between two sessions: its parts in their order, and what a part can answer. Every part is safe to do twice,
// since a runner may die in the middle of one. What a part does is in engine/between/, one file for each.

import type { Check } from '../check/check.ts';
import type { ListLook } from '../checklist/list-look.ts';

/** In the order in which they run. Later parts see what earlier ones did: the checks run on the repaired list. */
export const stageParts = [
  'guard',
  'configuration',
  'checkpoint',
  'commit',
  'prepare',
  'checks',
  'evidence',
  'review',
] as const;

export type StagePart = (typeof stageParts)[number];

/**
 * Why the stage runs. `session`: a session has ended. `baseline`: the first working session is about to start. `final`: all
 * steps are ticked, and no session of this run has been looked at.
 */
export type StagePurpose = 'session' | 'baseline' | 'final';

/** What the next session is told, and by which part: a later answer of the same part replaces it. */
export type Told = { part: StagePart; text: string };

export type PartAnswer = {
  /** The list as the part left it; absent if it did not look. */
  list?: ListLook;
  /** For the next session's prompt; null if there is nothing to tell. */
  told?: string | null;
  /** Why the task is not done although all steps may be ticked; null if nothing is missing. Absent: says nothing. */
  unmet?: string | null;
  /** How many ticked steps nothing proves. */
  unproven?: number;
  /** Only the user can help: no session starts before he has had a look. */
  needsUser?: string;
  /** A check could not be started, so no session starts before it is tried again; null if each was. Absent: says nothing. */
  notStarted?: string | null;
  /** Why the new worktree is not ready for work, so that no session starts in it; null if it is. Absent: says nothing. */
  unprepared?: string | null;
  /** What the Reviewer found is in the list. */
  isWritten?: boolean;
  /** Sentences for the screen and the log. */
  notes?: readonly string[];
};

/** The parts in force: those that the user's settings and the task's checks ask for. */
export function partsInForce({
  guard,
  checkpoints,
  checks,
  worktree = false,
  prepare = null,
}: {
  guard: 'restore' | 'tell' | 'off';
  checkpoints: 'on' | 'off';
  checks: readonly unknown[];
  worktree?: boolean;
  prepare?: Check | null;
}): readonly StagePart[] {
  const isOff = (part: StagePart): boolean =>
    (part === 'guard' && guard === 'off') ||
    (part === 'checkpoint' && checkpoints === 'off') ||
    (part === 'commit' && !worktree) ||
    (part === 'prepare' && (!worktree || prepare === null)) ||
    (part === 'checks' && checks.length === 0);
  return stageParts.filter((part) => !isOff(part));
}

/** The parts of a stage that follows no session. */
const partsOf: Readonly<Record<StagePurpose, readonly StagePart[]>> = {
  session: stageParts,
  baseline: ['prepare', 'checks'],
  final: ['prepare', 'checks'],
};

export function partsFor(purpose: StagePurpose): readonly StagePart[] {
  return partsOf[purpose];
}

/** The most important first, when a prompt has no room for all. */
const importance: readonly StagePart[] = ['checks', 'guard', 'configuration', 'evidence'];
/** For one prompt, in characters. */
export const longestTelling = 4096;

/** What a prompt says of it: at most 4 KiB, the most important first. */
export function tellings(told: readonly Told[]): string[] {
  let left = longestTelling;
  const texts: string[] = [];
  for (const part of importance) {
    for (const { text } of told.filter((one) => one.part === part)) {
      if (left <= 0) break;
      const cut = text.length > left ? `${text.slice(0, Math.max(0, left - 2))} …` : text;
      left -= cut.length;
      texts.push(cut);
    }
  }
  return texts;
}

export function withTold(
  told: readonly Told[],
  part: StagePart,
  text: string | null,
): readonly Told[] {
  const others = told.filter((one) => one.part !== part);
  return text === null || text === '' ? others : [...others, { part, text }];
}

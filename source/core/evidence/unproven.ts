// The ticks that nothing proved, kept for as long as the task lives (`unproven.json` in the state directory):
//
//   {"version":1,"directory":{…},"ticks":[{"session":4,"text":"Write the docs","reason":"no file changed, …"}]}

import {
  countField,
  isObject,
  listField,
  objectField,
  textField,
  type JsonObject,
} from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { safeLine } from '../text/safe-text.ts';
import { plainText } from '../checklist/step-words.ts';

export type UnprovenTick = {
  /** The session that ticked the step. */
  session: number;
  /** The step's words, as compared between lists. */
  text: string;
  reason: string;
};

export type UnprovenStep = Omit<UnprovenTick, 'text'> & { readonly number: number };

type Verdict = { readonly text: string; readonly proven: boolean; readonly reason: string };
type TickedStep = { readonly text: string; readonly done: boolean };

/** More are not kept, and not shown. */
const mostTicks = 1000;

/** After a session: its unproven ticks are added, those that it proved or that stand no more are gone. */
export function withVerdicts(
  known: readonly UnprovenTick[],
  verdicts: readonly Verdict[],
  session: number,
): readonly UnprovenTick[] {
  const judged = new Set(verdicts.map(({ text }) => plainText(text)));
  const added = verdicts
    .filter(({ proven }) => !proven)
    .map(({ text, reason }) => ({ session, text: plainText(text), reason }));
  return [...known.filter(({ text }) => !judged.has(text)), ...added].slice(-mostTicks);
}

/** Those whose step is still ticked. */
export function standing(
  ticks: readonly UnprovenTick[],
  steps: readonly TickedStep[],
): readonly UnprovenTick[] {
  const ticked = new Set(steps.filter(({ done }) => done).map(({ text }) => plainText(text)));
  return ticks.filter(({ text }) => ticked.has(text));
}

/** The same by the number of the step. */
export function unprovenSteps(
  ticks: readonly UnprovenTick[],
  steps: readonly (TickedStep & { readonly number: number })[],
): readonly UnprovenStep[] {
  const byText = new Map(standing(ticks, steps).map((tick) => [tick.text, tick]));
  if (byText.size === 0) return [];
  return steps.flatMap(({ number, text, done }) => {
    const tick = done ? byText.get(plainText(text)) : undefined;
    return tick === undefined ? [] : [{ number, session: tick.session, reason: tick.reason }];
  });
}

/** For the next session; null if there is none. */
export function unprovenTelling(ticks: readonly UnprovenTick[]): string | null {
  if (ticks.length === 0) return null;
  const shown = ticks
    .slice(0, 20)
    .map(({ text, session, reason }) => `- ${safeLine(text, 160)} (session ${session}: ${reason})`);
  const more = ticks.length > shown.length ? [`- and ${ticks.length - shown.length} more`] : [];
  return [
    'These steps are ticked in task_list.md, but nothing that was seen proves that they are done. Begin with them: ' +
      'run what proves each one, and untick it (`- [ ]`) if it is not done.',
    ...shown,
    ...more,
  ].join('\n');
}

export function unprovenJson(ticks: readonly UnprovenTick[], directory: DirectoryIdentity): object {
  return { version: 1, directory, ticks };
}

/** None for a task that was deleted since, and for anything that is not such a record. */
export function readUnproven(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): readonly UnprovenTick[] {
  if (json === null || directory === null || json['version'] !== 1) return [];
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  if (!isSameDirectory(kept, directory)) return [];
  return listField(json, 'ticks').flatMap((one) => {
    if (!isObject(one)) return [];
    const [session, text] = [countField(one, 'session'), textField(one, 'text')];
    return session === null || text === null
      ? []
      : [{ session, text, reason: textField(one, 'reason') ?? '' }];
  });
}

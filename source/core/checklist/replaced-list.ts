// The version of the list that the guard replaced last (`list.replaced` in the state directory), and what becomes of
// the list if the user accepts it all the same. It can be accepted until the list changes in any other way than by ticks.
//
//   {"version":1,"directory":{…},"session":4,"text":"- [x] one\n","restored":"- [x] one\n- [ ] two\n"}

import { countField, objectField, textField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { compareLists } from './list-comparison.ts';
import { readListText, type ListText, type PlacedStep } from './list-text.ts';

export type ReplacedList = {
  /** The session that wrote it. */
  readonly session: number;
  readonly text: string;
  /** What the guard wrote instead. */
  readonly restored: string;
};

/** A step that the session removed, or gave other words; as it is in the list now. */
export type ReplacedStep = {
  readonly number: number;
  readonly text: string;
  /** Its words in the session's version; null if it is not in there. */
  readonly instead: string | null;
};

/** How the session's version differs from the list; null if it cannot be accepted any more. */
export function replacedSteps(
  replaced: ReplacedList,
  list: string,
): readonly ReplacedStep[] | null {
  if (withoutTicks(list) !== withoutTicks(replaced.restored)) return null;
  const steps = compareLists(list, replaced.text).steps.flatMap(({ before, after, text }) =>
    before === null || (text !== 'removed' && text !== 'reworded')
      ? []
      : [{ number: before.number, text: before.text, instead: after?.text ?? null }],
  );
  return steps.length === 0 ? null : steps;
}

/** The session's version with the ticks that the list has now; null if it cannot be accepted any more. */
export function acceptedList(replaced: ReplacedList, list: string): string | null {
  if (replacedSteps(replaced, list) === null) return null;
  const { steps, after } = compareLists(list, replaced.text);
  const ticks = new Map<PlacedStep, boolean>(
    steps.flatMap((step) =>
      step.before === null || step.after === null ? [] : [[step.after, step.before.done]],
    ),
  );
  return withTicks(after, (step) => ticks.get(step) ?? step.done);
}

export function withoutTicks(text: string): string {
  return withTicks(readListText(text), () => false);
}

/** Every other byte stays as it is. */
export function withTicks(list: ListText, isDone: (step: PlacedStep) => boolean): string {
  const lines = [...list.lines];
  for (const step of list.steps) {
    const at = step.place.first - 1;
    if (step.done === isDone(step)) continue;
    lines[at] = (lines[at] ?? '').replace(box, `$<start>[${isDone(step) ? 'x' : ' '}]`);
  }
  return list.mark + lines.map((line, at) => line + (list.ends[at] ?? '')).join('');
}

const box = /^(?<start>[^[]*)\[[ xX]\]/u;

export function replacedListJson(
  replaced: ReplacedList,
  directory: DirectoryIdentity,
): Record<string, unknown> {
  return { version: 1, directory, ...replaced };
}

/** Null for a task that was deleted since, and for anything that is not such a record. */
export function readReplacedList(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): ReplacedList | null {
  if (json === null || directory === null || json['version'] !== 1) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  const session = countField(json, 'session');
  const [text, restored] = [textField(json, 'text'), textField(json, 'restored')];
  if (session === null || text === null || restored === null) return null;
  return isSameDirectory(kept, directory) ? { session, text, restored } : null;
}

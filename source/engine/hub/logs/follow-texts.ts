// Follows the list and notes that the machines of a hub show of a task: those of the newest lease count. The watch is a hint; a
// regular look is what counts.

import { hubTextsKey, isMachineName } from '../../../core/hub/hub-names.ts';
import { readTaskTexts, type TaskTexts } from '../../../core/hub/log/task-texts.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubEntry } from '../../../system/hub/hub-connection.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';

/** `machine`: whose they are. */
export type ShownTexts = TaskTexts & { machine: string };

type FollowTextsDeps = { link: HubLink; clock: Pick<Clock, 'every'>; key: string };

const lookEveryMs = 5000;

export function followTexts(
  { link, clock, key }: FollowTextsDeps,
  onChange: () => void,
): { texts(): ShownTexts | null; close(): void } {
  const keys = hubTextsKey('*', key);
  let shown: ShownTexts | null = null;
  let isOver = false;
  let closeWatch = (): void => {};

  const hear = (entryKey: string, { text }: Pick<HubEntry, 'text'>): void => {
    const machine = entryKey.split('.')[0] ?? '';
    const texts = text === null ? null : readTaskTexts(text);
    if (isOver || texts === null || !isMachineName(machine)) return;
    if (shown !== null && (shown.epoch > texts.epoch || isSame(shown, { ...texts, machine })))
      return;
    shown = { ...texts, machine };
    onChange();
  };
  const watch = (): void => {
    closeWatch();
    closeWatch = link.current()?.watch('texts', keys, hear).close ?? (() => {});
  };
  const look = serially(async () => {
    const found = (await link.current()?.list('texts', keys)) ?? [];
    const before = shown;
    for (const entry of found) hear(entry.key, entry);
    // A watch that has not told it has gone blind, or will tell it in a moment: another one tells it, too.
    if (shown !== before) watch();
  });
  const stops = [link.onChange(watch), clock.every(lookEveryMs, () => void look().catch(() => {}))];
  watch();
  return {
    texts: () => shown,
    close: () => {
      isOver = true;
      closeWatch();
      for (const stop of stops) stop();
    },
  };
}

function isSame(one: ShownTexts, other: ShownTexts): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Shows the list and notes of a task to the other machines: the owner writes them to the hub when they have changed, at most
// once a second. The last ones win, and only those of the owner's own name are written, so nothing has to be asked before.

import { cutText, maxTextLength, writtenTaskTexts } from '../../../core/hub/log/task-texts.ts';
import { hubTextsKey } from '../../../core/hub/hub-names.ts';
import type { Clock } from '../../../system/clock.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import { serially } from '../../serially.ts';
import type { HubLink } from '../hub-link.ts';

type SendTextsDeps = {
  link: HubLink;
  clock: Pick<Clock, 'every'>;
  /** This machine's name in the hub. */
  machine: string;
  /** The task's, in the hub. */
  key: string;
  /** Of the lease. */
  epoch: number;
  /** Null: there is none. */
  read(): Promise<{ list: string | null; notes: string | null }>;
};

const lookEveryMs = 1000;
/** A server takes messages up to its `max_payload`. */
const lengths = [maxTextLength, maxTextLength / 8, maxTextLength / 64];

export function sendTexts(deps: SendTextsDeps): { flush(): Promise<void>; close(): void } {
  const { link, clock, machine, key, epoch, read } = deps;
  let last: { connection: HubConnection; text: string } | null = null;
  /** It will not have them. */
  let refusedBy: HubConnection | null = null;
  let isOver = false;

  const look = serially(async () => {
    const connection = link.current();
    if (isOver || connection === null || refusedBy === connection) return;
    const { list, notes } = await read();
    const written = (length: number): string =>
      writtenTaskTexts({ epoch, list: cutText(list, length), notes: cutText(notes, length) });
    const text = written(maxTextLength);
    // A hub that was restarted may have forgotten them.
    if (last?.connection === connection && last.text === text) return;
    await write(connection, written);
    last = { connection, text };
  });

  async function write(
    connection: HubConnection,
    written: (length: number) => string,
  ): Promise<void> {
    for (const length of lengths) {
      try {
        const text = written(length);
        await connection.write('texts', hubTextsKey(machine, key), { text, expected: null });
        return;
      } catch (error) {
        const { problem } = error as { problem?: unknown };
        if (problem === 'too large') continue;
        // The log's sender says so.
        if (problem === 'no rights' || problem === 'other settings') refusedBy = connection;
        throw error;
      }
    }
  }

  const lookSoon = (): void => void look().catch(() => {});
  const stops = [link.onChange(lookSoon), clock.every(lookEveryMs, lookSoon)];
  lookSoon();
  return {
    flush: () => look().catch(() => {}),
    close: () => {
      isOver = true;
      for (const stop of stops) stop();
    },
  };
}

// Control requests to the owner of a task over the hub. The watch is a hint; a regular look is what counts. Each request acts
// once, also if the hub comes back with an older one. What was acted on is answered, so that whoever asked is told.

import { readHubAnswer, writtenHubAnswer } from '../../core/hub/answer-record.ts';
import { hubAnswerKey } from '../../core/hub/hub-names.ts';
import {
  readHubRequest,
  writtenHubRequest,
  type HubRequest,
} from '../../core/hub/request-record.ts';
import type { Want } from '../../core/run/fact.ts';
import type { Clock } from '../../system/clock.ts';
import type { HubConnection, HubEntry } from '../../system/hub/hub-connection.ts';
import { serially } from '../serially.ts';
import type { HubLink } from './hub-link.ts';
import { isFinal } from './hub-record.ts';

type RequestDeps = { link: HubLink; clock: Pick<Clock, 'every'>; key: string };

const lookEveryMs = 5000;
const mostTries = 3;

/** Rejects if the hub cannot be told. If it is not known whether it was, the same id may be sent again: it acts once. */
export async function writeHubRequest(
  { link, key }: Pick<RequestDeps, 'link' | 'key'>,
  request: HubRequest,
): Promise<void> {
  const connection = link.current();
  if (connection === null) throw new Error(link.problem() ?? 'The hub is not connected yet');
  await connection.write('requests', key, { text: writtenHubRequest(request), expected: null });
}

/**
 * Writes the request and waits until the owner says that it has acted on it: which machine that is; null if none did so in
 * time. Then the request stays at the hub. Rejects if the hub cannot be told.
 */
export async function askOwner(
  deps: Pick<RequestDeps, 'link' | 'key'> & { clock: Clock; patienceMs: number },
  request: HubRequest,
): Promise<string | null> {
  const { link, clock, key, patienceMs } = deps;
  const until = clock.monotonic() + patienceMs;
  const answerKey = hubAnswerKey(key);
  let isWritten = false;
  for (;;) {
    try {
      if (!isWritten) await writeHubRequest(deps, request);
      isWritten = true;
    } catch (error) {
      // It may have arrived all the same: the owner's answer tells, or it is sent again.
      const mayArrive = link.current() !== null && !isFinal(error);
      if (!mayArrive || clock.monotonic() >= until) throw error;
    }
    const found = await link
      .current()
      ?.read('requests', answerKey)
      .catch(() => null);
    const answer = found?.text == null ? null : readHubAnswer(found.text);
    if (answer?.taken.includes(request.id) === true) return answer.machine;
    if (clock.monotonic() >= until) return null;
    await waited(clock, answerEveryMs);
  }
}

const answerEveryMs = 200;

/** Lets time pass. */
export function waited(clock: Pick<Clock, 'now' | 'wakeAt'>, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.wakeAt(clock.now() + ms, resolve));
}

/** `machine`: this one's name in the hub. */
export function followHubRequests(
  { link, clock, key, machine }: RequestDeps & { machine: string },
  run: string,
  onWant: (want: Want) => void,
): { close(): void } {
  const actedOn = new Set<string>();
  let isOver = false;
  let closeWatch = (): void => {};
  let toldRevision = 0;
  let answered = 0;

  /** Again at each look until the hub has it; some times at once, since what was asked for may end the run before. */
  const answer = serially(async () => {
    for (let tries = 1; ; tries++) {
      const connection = link.current();
      const count = actedOn.size;
      if (connection === null || count === answered) return;
      const text = writtenHubAnswer({ machine, taken: [...actedOn] });
      try {
        await connection.write('requests', hubAnswerKey(key), { text, expected: null });
        answered = count;
        return;
      } catch (error) {
        if (tries >= mostTries || isFinal(error)) throw error;
      }
    }
  });
  const answerSoon = (): void => void answer().catch(() => {});

  const hear = ({ text }: HubEntry): void => {
    const request = text === null ? null : readHubRequest(text);
    if (isOver || request === null || request.run !== run || actedOn.has(request.id)) return;
    actedOn.add(request.id);
    onWant(request.want);
    answerSoon();
  };
  const watch = (connection: HubConnection | null): void => {
    closeWatch();
    closeWatch = () => {};
    toldRevision = 0;
    if (connection === null) return;
    const watched = connection.watch('requests', key, (_, entry) => {
      toldRevision = Math.max(toldRevision, entry.revision);
      hear(entry);
    });
    closeWatch = watched.close;
  };
  const look = async (): Promise<void> => {
    const connection = link.current();
    if (connection === null) return;
    answerSoon();
    const wasTold = toldRevision;
    const entry = await connection.read('requests', key);
    hear(entry);
    // A watch that has not told it has gone blind, or will tell it in a moment: another one tells it, too.
    if (entry.revision > Math.max(wasTold, toldRevision)) watch(link.current());
  };

  const stops = [
    link.onChange(() => watch(link.current())),
    clock.every(lookEveryMs, () => void look().catch(() => {})),
  ];
  watch(link.current());
  return {
    close: () => {
      isOver = true;
      closeWatch();
      for (const stop of stops) stop();
    },
  };
}

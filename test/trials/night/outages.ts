// Faults of the account and of the line to the model: every session meets them, until they are over by themselves or
// the cause has been fixed.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { faults, usageLimit } from '../../../source/demo/faults.ts';
import type { Answer } from '../../../source/demo/scripted-model.ts';
import type { Blow, FaultKind } from './fault.ts';
import { nightSettings } from './settings.ts';

const { lookAgainSeconds, resetMarginSeconds, networkSeconds } = nightSettings;
/** The waiting tasks wake up one after the other. */
const staggerMs = 1500;

export const outages: readonly FaultKind[] = [
  {
    ...outage('usage limit'),
    imposes: { dyingMs: 1000, waitMs: resetMarginSeconds * 1000 + staggerMs },
    strike: (blow) => {
      const resetsAtMs = Date.now() + Math.round(4000 + blow.fault.chance * 16_000);
      // Codex names only the minute. A minute that has begun already means "any moment now".
      const namedMs = Math.floor(resetsAtMs / 60_000) * 60_000;
      const overMs = Math.max(namedMs, Date.now() + 1000);
      return answerAll(blow, { answer: () => usageLimit({ resetsAtMs }), overMs });
    },
  },
  {
    ...outage('quota used up'),
    strike: (blow) =>
      answerAll(blow, { answer: () => faults.quotaExceeded, overMs: Date.now() + mendingMs(blow) }),
  },
  {
    ...outage('login lost'),
    // Codex retries after a 401 like after a broken stream.
    imposes: { dyingMs: 4000, waitMs: lookAgainSeconds * 1000 + staggerMs },
    strike: (blow) =>
      answerAll(blow, { answer: () => faults.unauthorized, overMs: Date.now() + mendingMs(blow) }),
  },
  {
    ...outage('network gone'),
    session: 'may end',
    by: 'the machine',
    // Codex itself retries at growing intervals, or is restarted if it does not notice.
    imposes: { dyingMs: 0, waitMs: networkSeconds * 1000 + 2000 },
    strike: async ({ fault, night, beside }) => {
      const { line } = night;
      fault.evidence = 'the line hung up on a request';
      beside(async () => {
        await line.cut();
        await delay(Math.round(2000 + fault.chance * 4000));
        await line.mend();
        fault.mendedAt = Date.now();
      });
      // By then the line is cut, so this answer does not get through.
      await delay(200);
      return faults.streamCut;
    },
  },
  {
    ...outage("Codex's configuration broken"),
    by: 'the machine',
    // The running session has read it already: the next session meets the fault.
    session: 'spares',
    moments: ['tick', 'end'],
    strike: ({ fault, night, beside }) => {
      beside(() => breakConfiguration(fault, night));
      return null;
    },
  },
];

function outage(name: string): Omit<FaultKind, 'strike'> {
  return {
    name,
    by: 'the model',
    moments: ['start', 'work', 'tick'],
    session: 'ends',
    reach: 'account',
    most: 1,
    imposes: { dyingMs: 1000, waitMs: lookAgainSeconds * 1000 + staggerMs },
  };
}

function mendingMs({ fault }: Blow): number {
  return Math.round(2000 + fault.chance * 3000);
}

function answerAll(
  { fault, asked, keepAnswering, beside }: Blow,
  { answer, overMs }: { answer: () => Answer; overMs: number },
): Answer {
  const met: string[] = [nameOf(asked)];
  const tell = (): void => {
    fault.evidence = `met by ${[...new Set(met)].join(', ')}`;
  };
  tell();
  keepAnswering((later) => {
    if (Date.now() >= overMs) return null;
    met.push(nameOf(later));
    tell();
    return answer();
  });
  beside(async () => {
    await delay(overMs - Date.now());
    fault.mendedAt = Date.now();
  });
  return answer();
}

function nameOf({ task, session }: Blow['asked']): string {
  return `${task}'s session ${session}`;
}

async function breakConfiguration(fault: Blow['fault'], night: Blow['night']): Promise<void> {
  const path = join(night.place.codexHome, 'config.toml');
  const good = await readFile(path, 'utf8');
  const before = new Set(night.watch.seen().map(({ uuid }) => uuid));
  await writeFile(path, 'model = \n[[[\n');
  const firstToMeetIt = (): string | null =>
    night.watch.seen().find(({ uuid }) => uuid !== null && !before.has(uuid))?.uuid ?? null;
  const giveUpAt = Date.now() + 20_000;
  while (firstToMeetIt() === null && Date.now() < giveUpAt) await delay(100);
  await delay(Math.round(1500 + fault.chance * 2000));
  await writeFile(path, good);
  const uuid = firstToMeetIt();
  if (uuid !== null) fault.evidence = `Codex of session ${uuid.slice(0, 8)} came and went`;
  fault.mendedAt = Date.now();
}

// The reserve of the account's usage windows, below which no session starts. Codex is asked at most every five minutes
// on a machine: runs share its answer. Where it does not answer, sessions start.

import {
  isFresh,
  readGauge,
  waitForReserve,
  type Gauge,
  type KeptGauge,
} from '../../core/limits/gauge.ts';
import type { Wait } from '../../core/run/run.ts';
import type { RunSettings } from '../../core/run/settings.ts';
import type { Clock } from '../../system/clock.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import type { CodexDeps } from '../run/runner-deps.ts';

export type GaugeDeps = {
  clock: Pick<Clock, 'now'>;
  machine: MachineDirectory;
  codex: Pick<CodexDeps, 'readRateLimits'>;
};

type Asked = { codex: string; settings: Pick<RunSettings, 'reservePercent'> };

export type Reserve = {
  /** What the next session waits for; null if it may start. `asking`: Codex has not answered yet. */
  heldBack(): Promise<Wait | 'asking' | null>;
  /** The user goes on now: until the windows that hold it back begin anew. */
  ignore(): void;
  /** Gives up asking. */
  end(): void;
};

/** How long `c` counts where no time is known. */
const ignoredMs = 5 * 60_000;

export function keepReserve(deps: GaugeDeps, { codex, settings }: Asked): Reserve {
  const { clock, machine } = deps;
  const { reservePercent } = settings;
  let asking: AbortController | null = null;
  let answered: KeptGauge | null = null;
  let wait: Wait | null = null;
  let ignoredUntil = 0;

  return {
    heldBack: async () => {
      wait = null;
      const now = clock.now();
      if (!(reservePercent > 0) || now < ignoredUntil) return null;
      const gauge = await knownGauge(now);
      if (gauge === 'unknown') {
        ask();
        return 'asking';
      }
      wait = gauge === null ? null : waitForReserve(gauge, reservePercent, now);
      return wait;
    },
    ignore: () => {
      if (reservePercent > 0) ignoredUntil = wait?.until ?? clock.now() + ignoredMs;
    },
    end: () => asking?.abort(),
  };

  async function knownGauge(now: number): Promise<Gauge | null | 'unknown'> {
    if (answered !== null && isFresh(answered, now)) return answered.gauge;
    const kept = await machine.readGauge();
    return kept !== null && isFresh(kept, now) ? kept.gauge : 'unknown';
  }

  function ask(): void {
    if (asking !== null) return;
    asking = new AbortController();
    askGauge(deps, codex, asking.signal)
      .then((found) => {
        answered = found ?? answered;
      })
      // Such as no lock to be had: the permit meets the same, and says it.
      .catch(() => {
        answered = { askedAt: clock.now(), gauge: null };
      })
      .finally(() => {
        asking = null;
      });
  }
}

/** Asks Codex and keeps the answer for all; null while another Codex starts, with which it would race for the login. */
export async function askGauge(
  { clock, machine, codex: { readRateLimits } }: GaugeDeps,
  codex: string,
  signal: AbortSignal,
): Promise<KeptGauge | null> {
  await machine.make();
  const start = await machine.takeStart();
  if (start === null) return null;
  try {
    const askedAt = clock.now();
    const kept = await machine.readGauge();
    if (kept !== null && isFresh(kept, askedAt)) return kept;
    const result = await readRateLimits(codex, signal);
    const gauge = result === null ? null : readGauge(result, clock.now());
    const found = { askedAt: clock.now(), gauge };
    if (!signal.aborted) await machine.writeGauge(found).catch(() => {});
    return found;
  } finally {
    start.release();
  }
}

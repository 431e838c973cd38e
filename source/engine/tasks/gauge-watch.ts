// What Codex tells of the account's usage windows, for the screen: asked in the background, at most every ten minutes,
// and only while tasks are at work. What a run has asked meanwhile counts as well.

import { fullestWindow, type UsageWindow } from '../../core/limits/gauge.ts';
import type { Clock } from '../../system/clock.ts';
import { askGauge, type GaugeDeps } from '../permit/reserve.ts';
import { serially } from '../serially.ts';

type GaugeWatch = {
  deps: GaugeDeps & { clock: Clock };
  /** The path of Codex; null where asking it would be in vain: nobody is logged in. */
  codex(): Promise<string | null>;
  isNeeded(): boolean;
  onWindow(window: UsageWindow | null): void;
};

const lookEveryMs = 30_000;
const askAgainMs = 10 * 60_000;

/** Returns the function that ends it. */
export function watchGauge({ deps, codex, isNeeded, onWindow }: GaugeWatch): () => void {
  const { clock, machine } = deps;
  const asking = new AbortController();

  const look = serially(async () => {
    if (asking.signal.aborted || !isNeeded()) return;
    const now = clock.now();
    let kept = await machine.readGauge();
    if (kept === null || kept.askedAt > now || now - kept.askedAt >= askAgainMs) {
      const path = await codex();
      kept = path === null ? null : await askGauge(deps, path, asking.signal);
    }
    const gauge = kept?.gauge ?? null;
    if (!asking.signal.aborted) onWindow(gauge === null ? null : fullestWindow(gauge, clock.now()));
  });
  // The row says nothing rather than something wrong.
  const stop = clock.every(lookEveryMs, () => void look().catch(() => {}));
  return () => {
    stop();
    asking.abort();
  };
}

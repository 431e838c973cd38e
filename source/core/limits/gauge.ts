// What Codex tells of the account's usage windows without asking a model: `account/rateLimits/read` of its app server.
// An answer that makes no sense counts as none.
//
//   {"rateLimits":{"primary":{"usedPercent":62,"windowDurationMins":300,"resetsAt":1795350000},"secondary":null}}

import { field, numberField, objectField, objectsField, type JsonObject } from '../json/json.ts';
import type { Wait } from '../run/run.ts';

export type UsageWindow = {
  usedPercent: number;
  windowMinutes: number | null;
  /** Epoch ms; null when not known. */
  resetsAt: number | null;
};

/** At least one window. */
export type Gauge = readonly UsageWindow[];

/** A gauge as it was kept for other runs; null: Codex did not answer. */
export type KeptGauge = { askedAt: number; gauge: Gauge | null };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A window that ended longer ago is not the current one; a clock may be wrong by less. */
const longestPastMs = dayMs;
/** The longest window that is known is a week; a month is imaginable. */
const longestWindowMs = 32 * dayMs;
/** How long an answer counts, also one that was not understood. */
export const askAgainMs = 5 * minuteMs;

/** Null if it names no window, or if anything in it is nonsense. */
export function readGauge(result: JsonObject, now: number): Gauge | null {
  const limits = objectField(result, 'rateLimits');
  if (limits === null) return null;
  const windows: UsageWindow[] = [];
  for (const name of ['primary', 'secondary']) {
    const given = field(limits, name) ?? null;
    if (given === null) continue;
    const window = readWindow(objectField(limits, name), now);
    if (window === null) return null;
    windows.push(window);
  }
  return windows.length === 0 ? null : windows;
}

function readWindow(given: JsonObject | null, now: number): UsageWindow | null {
  if (given === null) return null;
  const windowMinutes = optionalNumber(given, 'windowDurationMins');
  const seconds = optionalNumber(given, 'resetsAt');
  if (windowMinutes === 'nonsense' || seconds === 'nonsense') return null;
  const resetsAt = seconds === null ? null : seconds * 1000;
  const window = { usedPercent: numberField(given, 'usedPercent') ?? NaN, windowMinutes, resetsAt };
  return isPlausible(window, now) ? window : null;
}

function optionalNumber(given: JsonObject, name: string): number | null | 'nonsense' {
  return (field(given, name) ?? null) === null ? null : (numberField(given, name) ?? 'nonsense');
}

function isPlausible({ usedPercent, windowMinutes, resetsAt }: UsageWindow, now: number): boolean {
  return (
    usedPercent >= 0 &&
    usedPercent <= 100 &&
    (windowMinutes === null ||
      (windowMinutes > 0 && windowMinutes * minuteMs <= longestWindowMs)) &&
    (resetsAt === null || (resetsAt >= now - longestPastMs && resetsAt <= now + longestWindowMs))
  );
}

/** What a run waits for while less than the reserve is left in a window that is not over; null if it may start. */
export function waitForReserve(gauge: Gauge, reservePercent: number, now: number): Wait | null {
  const short = current(gauge, now).filter((window) => 100 - window.usedPercent < reservePercent);
  if (short.length === 0) return null;
  const left = Math.floor(100 - Math.max(...short.map(({ usedPercent }) => usedPercent)));
  const times = short.map(({ resetsAt }) => resetsAt);
  return {
    reason: 'reserve',
    until: times.some((at) => at === null) ? null : Math.max(...times.map(Number)),
    sentence: `reserve of ${reservePercent}%: ${left}% left`,
  };
}

/** The window of which least is left; null if all are over. */
export function fullestWindow(gauge: Gauge, now: number): UsageWindow | null {
  return current(gauge, now).toSorted((a, b) => b.usedPercent - a.usedPercent)[0] ?? null;
}

function current(gauge: Gauge, now: number): readonly UsageWindow[] {
  return gauge.filter(({ resetsAt }) => resetsAt === null || resetsAt > now);
}

/** A clock that was set back, or a window that has begun anew, makes no answer last longer. */
export function isFresh({ askedAt }: KeptGauge, now: number): boolean {
  return askedAt <= now && now - askedAt < askAgainMs;
}

export function readKeptGauge(fields: JsonObject | null): KeptGauge | null {
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const askedAt = numberField(fields, 'askedAt');
  if (askedAt === null) return null;
  const gauge = objectsField(fields, 'gauge').map((window): UsageWindow => ({
    usedPercent: numberField(window, 'usedPercent') ?? NaN,
    windowMinutes: numberField(window, 'windowMinutes'),
    resetsAt: numberField(window, 'resetsAt'),
  }));
  const isSound = gauge.length > 0 && gauge.every((window) => isPlausible(window, askedAt));
  return { askedAt, gauge: isSound ? gauge : null };
}

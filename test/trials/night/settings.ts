// The night's scale: what takes minutes and hours in reality takes seconds here. All are settings of the program;
// nothing is patched.

export type NightSettings = {
  restSeconds: number;
  interruptGraceSeconds: number;
  terminateGraceSeconds: number;
  lingerSeconds: number;
  resetMarginSeconds: number;
  longestBackOffSeconds: number;
  lookAgainSeconds: number;
  silentSeconds: number;
  commandSeconds: number;
  networkSeconds: number;
  sessionsAtOnce: number;
};

export const nightSettings: NightSettings = {
  restSeconds: 0.3,
  interruptGraceSeconds: 3,
  terminateGraceSeconds: 2,
  lingerSeconds: 3,
  resetMarginSeconds: 2,
  longestBackOffSeconds: 4,
  lookAgainSeconds: 3,
  silentSeconds: 6,
  commandSeconds: 20,
  networkSeconds: 8,
  sessionsAtOnce: 4,
};

/** The model's delay before each answer, ms, so that a step takes longer than starting Codex. */
export const paceMs = 500;

/** The first of a series of back-offs, with the maximum jitter. */
export const firstBackOffMs = 2000;

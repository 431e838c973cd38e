// The night's scale: what takes minutes and hours in life takes seconds here. Each is a setting of the program,
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

/** How long the model thinks before each answer, ms: a step is more than starting Codex. */
export const paceMs = 500;

/** The first of a row of back-offs, with all the jitter that it may have. */
export const firstBackOffMs = 2000;

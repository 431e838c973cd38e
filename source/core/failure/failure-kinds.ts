// What a failure can be, what is done about it, and what a row of the table of failures holds.

export type FailureReason =
  | 'usage limit'
  | 'rate limit'
  | 'overloaded'
  | 'unavailable'
  | 'stream lost'
  | 'network'
  | 'context full'
  | 'conversation gone'
  | 'another writer'
  | 'login'
  | 'quota'
  | 'no access'
  | 'configuration'
  | 'bad request'
  | 'codex missing'
  | 'no sandbox'
  | 'disk full'
  | 'no checklist'
  | 'held up'
  | 'task before'
  | 'no result'
  | 'stalled'
  | 'unknown';

/** The recovery. `try again` is for unclassified failures: it backs off, and gives up after five in a row. */
export type Recovery =
  | 'wait for the reset'
  | 'back off'
  | 'wait for the network'
  | 'wait for Codex'
  | 'fresh thread'
  | 'wait for the writer'
  | 'climb the ladder'
  | 'try again'
  | 'ask the user';

export type FailureRow = {
  reason: FailureReason;
  recovery: Recovery;
  /** Without a full stop. With `…` at its end, the message follows. */
  sentence: string;
  /** A better sentence, for a message that names what is wrong. */
  named?: (said: string) => string | null;
  /** Codex's own words. */
  says?: RegExp;
  /** What a program says in place of Codex: its launcher, the shell, the system. Only on stderr. */
  launcherSays?: RegExp;
  /** Statuses, where Codex wrote one. */
  status?: RegExp;
  /** The provider's words, which count only for statuses that leave open what is wrong. */
  providerSays?: RegExp;
  /** What the provider calls the error. */
  code?: RegExp;
  /** Statuses that the provider's words and codes may refine. Default: see `leavesOpen` in failure.ts. */
  refines?: RegExp;
};

// What a user may be notified of, and what the user's command hears of it.

export const notifyEvents = [
  'needs you',
  'done',
  'failed',
  'baseline',
  'check',
  'limit',
  'budget',
] as const;

export type NotifyEvent = (typeof notifyEvents)[number];

/** What a person wants to know at night. `baseline`: a check that fails before the work begins tells nothing about it. */
export const usualEvents: readonly NotifyEvent[] = ['needs you', 'done', 'failed', 'baseline'];

export type NotifySettings = {
  /** The program and its arguments; empty for none. */
  command: readonly string[];
  on: readonly NotifyEvent[];
};

/** How an open dashboard tells the user: `auto` goes by what the terminal is. */
export const terminalNotices = ['auto', 'bell', 'osc9', 'osc99', 'osc777', 'off'] as const;

export type TerminalNotices = (typeof terminalNotices)[number];

export type Happening = { event: NotifyEvent; sentence: string };

/** One JSON document on the command's standard input. */
export type NotifyDocument = {
  version: 1;
  event: NotifyEvent;
  task: string;
  project: string;
  /** What happened, for a person. */
  sentence: string;
  /** Steps. */
  done: number;
  total: number;
  /** ISO 8601. */
  at: string;
};

// The kinds that lines of session.log are told apart by before anybody parses them.

/** Small numbers, so that a million lines cost a megabyte. */
export const lineKinds = {
  /** JSON, but of no form that is known here: what it is shows when it is parsed. */
  unsure: 0,
  /** No JSON: stderr of the old shell runner. */
  noise: 1,
  message: 2,
  reasoning: 3,
  /** A command that begins, or that worked. */
  command: 4,
  failedCommand: 5,
  files: 6,
  /** A tool of a server, a sub-agent, a search. */
  tool: 7,
  toDos: 8,
  warning: 9,
  error: 10,
  retry: 11,
  /** A session or a thread begins or ends. */
  session: 12,
  /** A turn begins or ends; its end tells what it cost. */
  turn: 13,
  stderr: 14,
  /** A command that is over; whether it worked is not told at its ends. */
  commandOver: 15,
  /** Known, and nothing to tell. */
  detail: 16,
} as const;

export type LineKind = (typeof lineKinds)[keyof typeof lineKinds];

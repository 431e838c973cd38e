// The kinds of lines in session.log that are recognised without parsing.

/** Small numbers, so that a million lines cost a megabyte. */
export const lineKinds = {
  /** JSON of an unknown form: only parsing tells. */
  unsure: 0,
  /** Not JSON: stderr of the old shell runner. */
  noise: 1,
  message: 2,
  reasoning: 3,
  /** A command that begins, or that worked. */
  command: 4,
  failedCommand: 5,
  files: 6,
  /** An MCP tool, a sub-agent or a search. */
  tool: 7,
  toDos: 8,
  warning: 9,
  error: 10,
  retry: 11,
  /** A session or a thread begins or ends. */
  session: 12,
  /** A turn begins or ends; its end carries the cost. */
  turn: 13,
  stderr: 14,
  /** A command that ended; the bytes examined do not show whether it worked. */
  commandOver: 15,
  /** Known but not shown. */
  detail: 16,
  /** A line of stderr that begins with `warning:`; each session may repeat it. */
  stderrWarning: 17,
} as const;

export type LineKind = (typeof lineKinds)[keyof typeof lineKinds];

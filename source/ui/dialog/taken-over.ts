// The question after a take-over: how the task goes on.

export type TakenOverDialog = {
  readonly kind: 'taken over';
  readonly task: string;
  readonly label: string;
  /** What the user should know, one sentence each. */
  readonly lines: readonly string[];
};

// The result of a session: Codex's lines since its start, folded into the facts that the runner decides by. Only
// Codex's own last report counts; all text is clean, without secrets, and short enough for one sentence.

import type { LogEvent, Usage } from './log-event.ts';
import { readable } from '../failure/codex-report.ts';
import { safeLine, safeText } from '../text/safe-text.ts';
import { showsThatItWorked } from './retry.ts';

type ItemEvent = Extract<LogEvent, { type: 'item' }>;

export type SessionResult = {
  threadId: string | null;
  /** What the last turn line said. */
  turn: 'none' | 'started' | 'completed' | 'failed';
  /** From the last turn.failed, else the last top-level error that was not a retry; null once the turn completed. */
  failureMessage: string | null;
  /** Totals of the thread, as last reported. */
  totals: Usage | null;
  /** Completed commands, failed ones included. */
  commands: number;
  failedCommands: number;
  /** Completed patches that were applied. */
  fileChanges: number;
  /** Completed items of all kinds except warnings. */
  items: number;
  lastMessage: string | null;
  /** A retry, until a later line shows that it worked. */
  retrying: { attempt: number | null; of: number | null; reason: string } | null;
  /** Commands that began and have not ended. */
  openCommands: number;
  /** The line that shows that no sandbox could be created; null as soon as one command succeeded. */
  sandboxTrouble: string | null;
};

type SessionFold = {
  push(event: LogEvent): void;
  result(): SessionResult;
};

const maxSentenceLength = 2000;
const maxMessageLength = 16 * 1024;

export function createSessionFold(): SessionFold {
  const state: State = {
    threadId: null,
    turn: 'none',
    turnFailure: null,
    error: null,
    totals: null,
    commands: 0,
    failedCommands: 0,
    fileChanges: 0,
    items: 0,
    lastMessage: null,
    retry: null,
    openItems: new Set(),
    openCommands: new Set(),
    sandboxTrouble: null,
  };
  return {
    push: (event) => pushEvent(state, event),
    result: () => resultOf(state),
  };
}

/** Its texts are raw; result() cleans them. */
type State = Pick<
  SessionResult,
  'threadId' | 'turn' | 'totals' | 'commands' | 'failedCommands' | 'fileChanges' | 'items'
> & {
  turnFailure: string | null;
  error: string | null;
  lastMessage: string | null;
  retry: Extract<LogEvent, { type: 'retry' }> | null;
  openItems: Set<string>;
  openCommands: Set<string>;
  sandboxTrouble: string | null;
};

function pushEvent(state: State, event: LogEvent): void {
  switch (event.type) {
    case 'thread-started':
      // The first one is Codex's own: no other process could write before it.
      state.threadId ??= event.threadId;
      return;
    case 'turn-started':
      state.turn = 'started';
      return;
    case 'turn-completed':
      state.turn = 'completed';
      state.totals = event.usage ?? state.totals;
      state.retry = null;
      return;
    case 'turn-failed':
      state.turn = 'failed';
      state.turnFailure = event.message;
      state.retry = null;
      return;
    case 'tokens-counted':
      state.totals = event.totals;
      return;
    case 'error':
      state.error = event.message;
      return;
    case 'retry':
      state.retry = event;
      return;
    case 'item':
      pushItem(state, event);
      return;
    case 'session-started':
    case 'session-ended':
    case 'check':
    case 'taken-over':
    case 'told':
    case 'stderr':
    case 'detail':
    case 'noise':
    case 'unknown':
      return;
    default:
      return event satisfies never;
  }
}

function pushItem(state: State, event: ItemEvent): void {
  const { id, stage, body } = event;
  if (showsThatItWorked(event, state.openItems.has(id) ? 'begun before' : 'new')) {
    state.retry = null;
  }
  if (stage === 'completed') {
    state.openItems.delete(id);
    state.openCommands.delete(id);
    countItem(state, event);
  } else if (id !== '') {
    state.openItems.add(id);
    if (body.kind === 'command') state.openCommands.add(id);
  }
}

function countItem(state: State, { body }: ItemEvent): void {
  if (body.kind === 'warning') return;
  state.items++;
  if (body.kind === 'message') state.lastMessage = body.text;
  if (body.kind === 'file-changes' && body.status === 'completed') state.fileChanges++;
  if (body.kind !== 'command') return;
  state.commands++;
  if (body.status === 'completed') return;
  state.failedCommands++;
  state.sandboxTrouble ??= /^bwrap: .*/mu.exec(body.output)?.[0] ?? null;
}

function resultOf(state: State): SessionResult {
  const { threadId, turn, totals, commands, failedCommands, fileChanges, items, retry } = state;
  return {
    threadId,
    turn,
    failureMessage: sentence(failureOf(state)),
    totals,
    commands,
    failedCommands,
    fileChanges,
    items,
    lastMessage: state.lastMessage === null ? null : safeText(state.lastMessage, maxMessageLength),
    retrying: retry && {
      attempt: retry.attempt,
      of: retry.of,
      reason: sentence(readable(retry.reason)),
    },
    openCommands: state.openCommands.size,
    sandboxTrouble: commands > failedCommands ? null : sentence(state.sandboxTrouble),
  };
}

function failureOf({ turn, turnFailure, error }: State): string | null {
  switch (turn) {
    case 'completed':
      return null;
    case 'failed':
      return turnFailure || error;
    case 'none':
    case 'started':
      return error;
    default:
      return turn satisfies never;
  }
}

function sentence<Text extends string | null>(raw: Text): Text | string {
  return raw === null ? raw : safeLine(raw, maxSentenceLength);
}

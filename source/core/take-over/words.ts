// What is said of a take-over: in the log, before it and after it.

import type { Usage } from '../codex/log-event.ts';
import { spentTokens } from '../codex/usage.ts';
import { cleanLine } from '../text/clean.ts';
import { duration, tokens } from '../text/numbers.ts';

const mostNamed = 10;

/** `You took over the conversation for 3m 12s · changed: a.ts, b.ts · 12k tokens, not the task's` */
export function takenOverSentence({
  from,
  to,
  files,
  usage,
}: {
  from: number;
  to: number;
  files: readonly string[];
  usage: Usage | null;
}): string {
  const spent = usage === null ? 0 : spentTokens(usage);
  return [
    `You took over the conversation for ${duration(to - from)}`,
    ...(files.length === 0 ? [] : [`changed: ${fileNames(files)}`]),
    ...(spent === 0 ? [] : [`${tokens(spent)} tokens, not counted for the task`]),
  ].join(' · ');
}

function fileNames(files: readonly string[]): string {
  const more = files.length - mostNamed;
  const named = files.slice(0, mostNamed).map((file) => cleanLine(file, { maxLength: 200 }));
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** Why the conversation cannot be taken over. */
export const refusals = {
  noTask: (task: string) => `${task} is not there any more`,
  noSession: (task: string) => `${task} has no conversation yet: none of its sessions has begun`,
  gone: (task: string) =>
    `The conversation of ${task} is gone: Codex has no record of it. c continues with a fresh one`,
  noTerminal: 'Taking over needs a terminal: start autonomous-tui in one',
  running: (task: string) => `${task} is still running: take it over when it has paused`,
  byAnother: (task: string, pid: number) =>
    `${task} is being taken over already, by process ${pid} (in another terminal)`,
  hereAlready: (task: string) =>
    `${task} is being taken over already: its conversation opens when it has paused`,
  notPaused: (task: string) => `${task} has not paused yet: take it over when it has`,
  userIsBusy: (task: string) => `${task} is paused: T opens its conversation`,
};

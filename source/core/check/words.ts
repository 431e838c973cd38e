// What is told of checks: to the next session, in a row of the dashboard, and in the log.

import { clean, cleanLine } from '../text/clean.ts';
import { duration } from '../text/numbers.ts';
import { hasFailed, type Check, type Receipt } from './check.ts';
import type { Verdict } from './history.ts';
import { lastLines } from './tail.ts';

/** Longest telling for a prompt, in characters. */
export const maxTellingLength = 2048;

const maxCommandLength = 300;
/** Of each check, the last words: at least these, however many fail. */
const fewestTailCharacters = 200;

/** Which checks there are, for every prompt. Empty without checks. */
export function checksNamed(checks: readonly Check[]): string {
  if (checks.length === 0) return '';
  const lines = checks.map(({ command, network }) => {
    const where = network ? 'it may use the network' : 'without network';
    return `  ${shortCommand(command)}   (${where})`;
  });
  return bounded([
    'Between sessions the runner itself runs these checks on the project. The task is done only when all of them pass:',
    ...lines,
    'Run them yourself before you tick the last steps. Never weaken a check, or what it runs, to make it pass.',
  ]);
}

/** For the next session: what failed, the most important first. Empty if nothing did. */
export function checksTold({ regressed, neverPassed }: Verdict): string {
  const failures = [...regressed, ...neverPassed];
  const room = Math.floor((maxTellingLength - 200) / Math.max(1, failures.length));
  return bounded([
    ...regressed.map((receipt) =>
      told(receipt, 'This check passed before; fix this first', { room }),
    ),
    ...neverPassed.map((receipt) =>
      told(receipt, 'This check has never passed; it must pass before the task is done', { room }),
    ),
  ]);
}

function told(receipt: Receipt, meaning: string, { room }: { room: number }): string {
  const head = `Check: ${shortCommand(receipt.command)}\n${ending(receipt)}. ${meaning}.`;
  const hint = receipt.hint === null ? '' : `\n(${receipt.hint})`;
  const left = Math.max(fewestTailCharacters, room - head.length - hint.length - 40);
  const tail = lastLines(receipt.tail, left);
  return `${head}${hint}${tail === '' ? '' : `\nIts last lines:\n${indented(tail)}`}`;
}

/** `It ended with exit code 1 after 12s` */
function ending({ outcome, exitCode, signal, durationMs }: Receipt): string {
  const after = `after ${duration(durationMs)}`;
  if (outcome === 'timed out') return `It was ended ${after}, because it took too long`;
  if (exitCode !== null) return `It ended with exit code ${exitCode} ${after}`;
  return `It was ended${signal === null ? '' : ` by ${signal}`} ${after}`;
}

/** For a row or a header: `check fails: npm test`. Null if none fails. */
export function checkSentence({ regressed, neverPassed, notStarted }: Verdict): string | null {
  const [first, ...others] = [...notStarted, ...regressed, ...neverPassed];
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${failing(first)}${more}`;
}

function failing({ outcome, command, tail }: Receipt): string {
  const name = cleanLine(command, { maxLength: 100 });
  if (outcome === 'not started') {
    const reason = cleanLine(tail, { maxLength: 200 });
    return `check could not start: ${name}${reason === '' ? '' : ` (${reason})`}`;
  }
  return outcome === 'timed out' ? `check takes too long: ${name}` : `check fails: ${name}`;
}

/** For the log: one line, without a newline at its end. */
export function checkLine(receipt: Receipt): string {
  const { session, at, command, network, outcome, exitCode, signal, durationMs } = receipt;
  return JSON.stringify({
    type: 'autonomous.check',
    session,
    at: new Date(at).toISOString(),
    command,
    network,
    outcome,
    exitCode,
    signal,
    durationMs,
    tree: receipt.tree?.id ?? null,
    ...(receipt.touched.length > 0 ? { touched: receipt.touched } : {}),
    tail: receipt.tail,
    ...(receipt.changedFiles ? { changedFiles: true } : {}),
    ...(receipt.hint !== null && hasFailed(receipt) ? { hint: receipt.hint } : {}),
  });
}

function shortCommand(command: string): string {
  return cleanLine(command, { maxLength: maxCommandLength });
}

function indented(text: string): string {
  return text.replace(/^/gmu, '  ');
}

/** Indenting lengthens a text that has many lines. */
function bounded(parts: readonly string[]): string {
  return clean(parts.join('\n'), { maxLength: maxTellingLength });
}

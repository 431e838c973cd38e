// Whether the ticks of a session are proven. The facts are gathered by the runner, never by the agent: files that
// changed, commands that ended with 0, checks that passed. One of them is enough, for all ticks of the session.
// An unproven tick still counts as done; it is shown, and the next session is told to prove or untick it.

import { isIdleCommand, provesWhatItTicks } from '../codex/idle-command.ts';
import { safeLine } from '../text/safe-text.ts';
import type { StepComparison } from '../checklist/list-comparison.ts';

export type SessionFacts = {
  /** Outside `.autonomous/`, from the session's start to its end; `unknown` if nobody could look. */
  readonly tree: 'changed' | 'unchanged' | 'unknown';
  /** A session of another task worked in the same tree meanwhile, so files prove nothing. */
  readonly overlapped: boolean;
  /** A file of the project that the session itself patched; null if none is known. */
  readonly patched: string | null;
  readonly commands: readonly CommandFact[];
  /** The checks that passed after the session. */
  readonly checksPassed: readonly string[];
};

export type CommandFact = {
  readonly command: string;
  /** Null while it runs, and if it was interrupted. */
  readonly exitCode: number | null;
  /** It was open when the list was written: the command that ticks does not prove itself. */
  readonly openAtWrite: boolean;
};

type Evidence = { readonly proven: boolean; readonly reason: string };

export function evidenceOf(facts: SessionFacts): Evidence {
  const { tree, overlapped, patched, commands, checksPassed } = facts;
  const [check] = checksPassed;
  if (check !== undefined) return { proven: true, reason: `the check passed: ${shown(check)}` };
  if (tree === 'changed' && !overlapped) return { proven: true, reason: 'files changed' };
  if (tree !== 'unchanged' && patched !== null) {
    return { proven: true, reason: `it changed a file: ${shown(patched)}` };
  }

  const working = commands.filter(({ command }) => !isIdleCommand(command));
  const succeeded = working.filter(({ exitCode }) => exitCode === 0);
  const proof = succeeded.find(
    ({ command, openAtWrite }) => !openAtWrite || provesWhatItTicks(command),
  );
  if (proof !== undefined) {
    return { proven: true, reason: `this command ended with 0: ${shown(proof.command)}` };
  }
  return { proven: false, reason: `${aboutFiles(tree, overlapped)}, and ${aboutCommands()}` };

  function aboutCommands(): string {
    if (commands.length === 0) return 'no command ran';
    if (working.length === 0) return 'its commands only looked around, or could not fail';
    if (succeeded.length === 0) return 'no command ended with 0 that did something';
    return 'the only command that succeeded is the one that wrote the list';
  }
}

/** The session did something that proves something, whatever became of the files: a command, or a check. */
export function hasWorked(facts: SessionFacts): boolean {
  return evidenceOf({ ...facts, tree: 'unchanged' }).proven;
}

function aboutFiles(tree: SessionFacts['tree'], overlapped: boolean): string {
  if (tree === 'unknown') return 'whether a file changed is not known';
  if (tree === 'unchanged') return 'no file changed';
  return overlapped ? 'another task worked in the same files meanwhile' : 'files changed';
}

type TickVerdict = {
  /** The step's number in the later list. */
  readonly number: number;
  readonly text: string;
  readonly proven: boolean;
  readonly reason: string;
};

/** One for each step that the session ticked, added steps that came ticked included. */
export function tickVerdicts(
  steps: readonly StepComparison[],
  evidence: Evidence,
): readonly TickVerdict[] {
  return steps.flatMap((step) => {
    if (step.after === null || step.tick !== 'ticked') return [];
    const { number, text } = step.after;
    const doubt = doubtAbout(step);
    if (doubt !== null) return [{ number, text, proven: false, reason: doubt }];
    return [{ number, text, ...evidence }];
  });
}

/** A reason against this one tick, whatever else the session did. */
function doubtAbout({ text, skipped }: StepComparison): string | null {
  if (text === 'reworded') return 'the session changed the words of the step that it ticked';
  if (skipped) return 'the session wrote that the step was skipped';
  return null;
}

function shown(command: string): string {
  return safeLine(command, 100);
}

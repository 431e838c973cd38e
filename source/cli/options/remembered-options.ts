// Options that are remembered for the task: what its sessions are started with from now on.

import { clearingWord } from '../../core/limits/limit-values.ts';
import type { GivenOptions } from '../../core/task/options.ts';
import { textOf, type OptionRow, type Value, type ValuesOf } from './option-row.ts';

export const rememberedOptions = [
  {
    name: 'model',
    takes: 'text',
    value: 'M',
    help: "Model of this task's sessions, remembered for it (none: Codex's own choice)",
    group: 'ours',
  },
  {
    name: 'profile',
    takes: 'text',
    value: 'P',
    help: "Codex profile of this task's sessions, remembered for it (none: no profile)",
    group: 'ours',
  },
  {
    name: 'codex',
    takes: 'text',
    value: 'PATH',
    offers: 'files',
    help: 'Path to codex, remembered for the task (default or none: AUTONOMOUS_CODEX, otherwise codex in the PATH)',
    group: 'ours',
  },
  {
    name: 'check',
    takes: 'text',
    isRepeatable: true,
    value: 'CMD',
    help: 'Command that must pass before the task is done, remembered for it; may be given several times (none: no checks)',
    group: 'ours',
  },
  {
    name: 'check-network',
    takes: 'nothing',
    help: 'Let the checks of this task use the network, remembered for it (none, or --no-check-network: takes it back)',
    group: 'ours',
  },
  {
    name: 'no-check-network',
    takes: 'nothing',
    help: 'The checks of this task have no network but what the configuration gives them',
    group: 'ours',
  },
  {
    name: 'review',
    takes: 'nothing',
    help: 'Have a Reviewer session judge the work before the task is done, remembered for it (none, or --no-review: takes it back)',
    group: 'ours',
  },
  {
    name: 'no-review',
    takes: 'nothing',
    help: 'Do without a Reviewer, whatever the configuration says, remembered for the task',
    group: 'ours',
  },
  {
    name: 'worktree',
    takes: 'nothing',
    help: 'Give the new task a branch and a git worktree of its own (none, or --no-worktree: none, whatever the configuration says)',
    group: 'ours',
  },
  {
    name: 'no-worktree',
    takes: 'nothing',
    help: 'Let the new task work in the project itself, whatever the configuration says',
    group: 'ours',
  },
  {
    name: 'pinned',
    takes: 'nothing',
    help: 'No other machine ever takes the task over, remembered for it (none, or --no-pinned: takes it back)',
    group: 'ours',
  },
  {
    name: 'no-pinned',
    takes: 'nothing',
    help: 'Another machine may take the task over again',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

type RememberedValues = ValuesOf<typeof rememberedOptions>;

export function whyNotRemembered({ check }: RememberedValues): string | null {
  const checks = checkCommands(check);
  return checks !== null && checks.length > 1 && checks.includes(clearingWord)
    ? '--check none means no checks: give it alone'
    : null;
}

/** `--model none`, `--codex none` and `-- none` clear what is remembered. */
export function readRememberedOptions(
  values: RememberedValues,
  extra: readonly string[],
): GivenOptions {
  return {
    ...(values.model === undefined ? {} : { model: named(values.model) }),
    ...(values.profile === undefined ? {} : { profile: named(values.profile) }),
    ...(values.codex === undefined ? {} : { codex: named(values.codex) }),
    ...(extra.length === 0 ? {} : { arguments: clears(extra) ? [] : extra }),
    ...givenChecks(values),
    ...(values.review === true ? { review: true } : {}),
    ...(values['no-review'] === true ? { review: false } : {}),
    ...(values.worktree === true ? { worktree: true } : {}),
    ...(values['no-worktree'] === true ? { worktree: false } : {}),
    ...(values.pinned === true ? { pinned: true } : {}),
    ...(values['no-pinned'] === true ? { pinned: false } : {}),
  };
}

/** Whether the arguments after `--` are the word that clears them. */
export function clears(extra: readonly string[]): boolean {
  return extra.length === 1 && extra[0] === clearingWord;
}

/** Checks that are given anew have the network only if that is said with them. */
function givenChecks(values: RememberedValues): GivenOptions {
  const checks = checkCommands(values.check);
  const checkNetwork = values['check-network'] === true;
  if (checks === null) {
    return checkNetwork || values['no-check-network'] === true ? { checkNetwork } : {};
  }
  return { checks: checks.includes(clearingWord) ? [] : checks, checkNetwork };
}

/** Each once; null if none is given. */
function checkCommands(value: Value): readonly string[] | null {
  return typeof value === 'object' ? [...new Set(value.map((command) => command.trim()))] : null;
}

function named(value: Value): string | null {
  const name = textOf(value);
  return name === clearingWord ? null : name;
}

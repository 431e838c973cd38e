// `--completions SHELL`: a script for that shell, made from the table of options. The scripts ask for the names of the tasks
// with `--completions tasks`: only valid names, which no shell takes for anything but a word.

import type { Invocation } from '../invocation.ts';
import { isTaskName } from '../../core/task/task.ts';
import { writeNow } from '../../system/files/write-now.ts';
import { taskNames } from '../../system/state/task-directory.ts';
import { complain } from '../complain.ts';
import { bashScript } from '../completions/bash.ts';
import { fishScript } from '../completions/fish.ts';
import { zshScript } from '../completions/zsh.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Shell } from '../options/general-options.ts';
import { findProjectPaths } from '../project-paths.ts';
import { warnOfUnused } from '../unused-options.ts';

const scripts: Readonly<Record<Shell, () => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export async function completionsCommand(
  what: Shell | 'tasks',
  invocation: Invocation,
): Promise<number> {
  warnOfUnused('--completions', invocation);
  if (what !== 'tasks') {
    writeNow('stdout', scripts[what]());
    return exitCodes.done;
  }
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const names = (await taskNames(paths.project)).filter(isTaskName).sort();
  writeNow('stdout', names.map((name) => `${name}\n`).join(''));
  return exitCodes.done;
}

// Pushes refs to a remote that is given by its address.

import { pushOutcome } from '../../core/fence/push-outcome.ts';
import { git, type GitCall } from '../git/command.ts';

/** All refs or none. `refused`: one of them is not what was expected. With a problem, they may have moved all the same. */
export async function pushAll(
  call: GitCall,
  url: string,
  words: readonly string[],
): Promise<'done' | 'refused' | { problem: string }> {
  const [options, refs] = [
    words.filter((word) => word.startsWith('--')),
    words.filter((word) => !word.startsWith('--')),
  ];
  const answer = await git(call, {
    arguments: [
      'push',
      '--atomic',
      '--porcelain',
      '--no-verify',
      ...options,
      '--',
      checkedAddress(url),
    ].concat(refs),
    alsoOk: 1,
  });
  if (answer.kind === 'failed') return { problem: remoteProblem(answer.problem) };
  const outcome = pushOutcome(answer.output, answer.exitCode !== 0);
  return outcome === 'unknown' ? { problem: remoteProblem(reasonIn(answer)) } : outcome;
}

function reasonIn({ output, complaint }: { output: string; complaint?: string }): string {
  const line = output.split('\n').find((one) => one.startsWith('!\t')) ?? '';
  const reason = line.split('\t')[2] ?? 'git push failed';
  if (complaint === undefined) return reason;
  // A git that was killed there has left its lock, and every push is refused until it is gone.
  const isLock = /Unable to create '.*\.lock'/.test(complaint);
  const help = isLock ? ' If no git works there any more, remove that file.' : '';
  return `${reason}: ${complaint.replace(/^remote: /, '')}${help}`;
}

export function remoteProblem(problem: string): string {
  return `the git remote does not take part: ${problem}`;
}

/** A word that git would take for an option, or for the name of a remote of some configuration, is no address. */
export function checkedAddress(url: string): string {
  if (/^[^-][^\0]*[:/]/s.test(url)) return url;
  throw new Error(`${JSON.stringify(url)} is no address of a git remote`);
}

// Pushes refs to a remote that is given by its address.

import { pushOutcome } from '../../core/fence/push-outcome.ts';
import { git, type GitCall } from '../git/command.ts';

/** All refs or none. `refused`: one of them is not what was expected. Else the problem, or null. */
export async function pushAll(
  call: GitCall,
  url: string,
  words: readonly string[],
): Promise<string | 'refused' | null> {
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
  if (answer.kind === 'failed') return remoteProblem(answer.problem);
  switch (pushOutcome(answer.output, answer.exitCode !== 0)) {
    case 'done':
      return null;
    case 'refused':
      return 'refused';
    case 'unknown':
      return remoteProblem(reasonIn(answer.output));
  }
}

function reasonIn(output: string): string {
  const line = output.split('\n').find((one) => one.startsWith('!\t')) ?? '';
  return line.split('\t')[2] ?? 'git push failed';
}

export function remoteProblem(problem: string): string {
  return `the git remote does not take part: ${problem}`;
}

/** A word that git would take for an option, or for the name of a remote of some configuration, is no address. */
export function checkedAddress(url: string): string {
  if (/^[^-][^\0]*[:/]/s.test(url)) return url;
  throw new Error(`${JSON.stringify(url)} is no address of a git remote`);
}

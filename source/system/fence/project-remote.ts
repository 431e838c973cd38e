// The git remote of a project, as far as other machines need it: its address, and a commit that it has.

import { isRemoteAddress } from '../../core/hub/task-offer.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { resolved } from '../checkpoint/refs.ts';
import { git } from '../git/command.ts';
import { configurationOf } from '../git/configuration-entries.ts';
import { neutralConfiguration } from '../git/neutral-configuration.ts';
import { gitIn } from '../git/project-tree.ts';
import { callFor } from '../git/take-tree.ts';
import type { Environment } from '../state/state-files.ts';

/** `base`: the commit that HEAD is on. `root`: of the repository. */
type ProjectRemote = { url: string; base: string; root: string };

/** `whyNone`: what is missing, as a clause; the project is this machine's alone. */
type NoRemote = { whyNone: string };

/** `problem`: a sentence that says why other machines cannot work on the project as it is. */
export async function readRemote(
  project: string,
  environment: Environment,
): Promise<ProjectRemote | NoRemote | { problem: string }> {
  const found = await gitIn(project, environment);
  if ('problem' in found) {
    const { problem } = found;
    return problem === null ? { whyNone: 'the project is not a git repository' } : { problem };
  }
  const call = { ...callFor(found), configuration: neutralConfiguration };
  const entries = await configurationOf(call);
  if ('problem' in entries) return entries;
  const url = entries.findLast(({ key }) => key === 'remote.origin.url')?.value;
  if (url === undefined) return { whyNone: 'the project has no git remote named origin' };
  if (!isRemoteAddress(url)) {
    return { problem: `Other machines cannot reach the remote ${safeLine(url, 200)}` };
  }
  const base = await resolved(call, 'HEAD^{commit}');
  if (base === null) return { problem: 'The repository has no commit yet: git commit' };
  const known = await git(call, {
    arguments: ['for-each-ref', '--count=1', `--contains=${base}`, 'refs/remotes/origin/'],
  });
  if (known.kind === 'failed') return { problem: known.problem };
  if (known.output === '') {
    return { problem: `The remote does not have the commit ${base.slice(0, 10)}: git push` };
  }
  return { url, base, root: found.repository.root };
}

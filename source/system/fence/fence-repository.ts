// A git directory of our own, with nothing in it but a reference to the objects of the project's repository. To talk to a
// remote, git needs the user's settings (how to log in), and must not have the repository's: they name programs, and an
// agent may have written them.

import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDirectory } from '../files/safe-file.ts';
import { git, type GitCall } from '../git/command.ts';
import { neutralConfiguration } from '../git/neutral-configuration.ts';
import { commonDirectory } from '../git/repository.ts';
import { callFor, type TreeOrder } from '../git/take-tree.ts';

type FenceOrder = Omit<TreeOrder, 'index' | 'limits'> & {
  /** Where the git directory is made: in the task's state directory. */
  directory: string;
};

/** `remote`: may talk to remotes. `local`: everything else. */
export type Fence = { remote: GitCall; local: GitCall };

const author = ['author', 'committer'].flatMap((who) => [
  { key: `${who}.name`, value: 'autonomous-tui' },
  { key: `${who}.email`, value: 'autonomous-tui@localhost' },
]);

/** Patience for a remote: a push of a large checkpoint over a slow line. */
const remotePatienceMs = 10 * 60 * 1000;

export async function openFence(order: FenceOrder): Promise<Fence | { problem: string }> {
  const ofProject = { ...callFor(order), configuration: neutralConfiguration };
  const format = await git(ofProject, { arguments: ['rev-parse', '--show-object-format'] });
  if (format.kind === 'failed') return { problem: format.problem };
  const gitDir = join(order.directory, 'fence.git');
  await makePrivateDirectory(order.directory);
  const common = await commonDirectory(order.repository.gitDir);
  const plain: GitCall = {
    ...{ program: order.program, environment: order.environment, gitDir, workTree: gitDir },
    ...{ index: null, configuration: [], timeoutMs: order.timeoutMs ?? remotePatienceMs },
  };
  // Doing it twice is doing it once.
  const made = await git(plain, {
    arguments: ['init', '--quiet', '--template=', `--object-format=${format.output.trim()}`],
  });
  if (made.kind === 'failed') return { problem: made.problem };
  // What a shallow clone leaves out is not looked for.
  await copyFile(join(common, 'shallow'), join(gitDir, 'shallow')).catch(() =>
    rm(join(gitDir, 'shallow'), { force: true }),
  );
  const own: GitCall = { ...plain, objects: join(common, 'objects') };
  return {
    local: { ...own, configuration: [...neutralConfiguration, ...author] },
    remote: { ...own, isRemote: true, configuration: await remoteConfiguration(own) },
  };
}

/** Nobody is there to answer a question: what asks has to fail instead. */
async function remoteConfiguration(own: GitCall): Promise<GitCall['configuration']> {
  const ssh = await git(own, { arguments: ['config', '--get', 'core.sshCommand'] });
  const isOfUser = ssh.kind === 'ok' && ssh.output.trim() !== '';
  return [
    { key: 'core.hooksPath', value: '/dev/null' },
    { key: 'core.askPass', value: '' },
    { key: 'core.logAllRefUpdates', value: 'false' },
    { key: 'gc.auto', value: '0' },
    { key: 'maintenance.auto', value: 'false' },
    { key: 'fetch.writeCommitGraph', value: 'false' },
    { key: 'push.gpgSign', value: 'false' },
    { key: 'push.followTags', value: 'false' },
    { key: 'push.recurseSubmodules', value: 'no' },
    ...(isOfUser ? [] : [{ key: 'core.sshCommand', value: 'ssh -oBatchMode=yes' }]),
  ];
}

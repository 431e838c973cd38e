// Whether the remote of a project takes what machines hand over: a push that moves nothing is tried, by the settings of a
// real one.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../core/text/error-message.ts';
import { gitIn } from '../git/project-tree.ts';
import type { Environment } from '../state/state-files.ts';
import { openFence } from './fence-repository.ts';
import { pushAll } from './push.ts';

type Trial = {
  project: string;
  environment: Environment;
  /** Of the remote, and a commit that it has. */
  url: string;
  base: string;
  /** Where something may be made for a moment: in the state. */
  directory: string;
};

const patienceMs = 30_000;

/** The problem, or null. */
export async function whyNoPush(trial: Trial): Promise<string | null> {
  const { project, environment, url, base } = trial;
  const found = await gitIn(project, environment);
  if ('problem' in found) return found.problem;
  const directory = await mkdtemp(join(trial.directory, 'push-'));
  try {
    const fence = await openFence({ ...found, directory, timeoutMs: patienceMs });
    if ('problem' in fence) return fence.problem;
    const words = ['--dry-run', `${base}:refs/autonomous/doctor/work`];
    const pushed = await pushAll(fence.remote, url, words);
    if (pushed === 'done') return null;
    return pushed === 'refused' ? 'the git remote refuses the push' : pushed.problem;
  } catch (error) {
    return errorMessage(error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

// The checkpoints of a task in its project's repository, whatever directory of it the project is.

import { relative, sep } from 'node:path';
import { checkpointDirectory } from '../../core/checkpoint/checkpoint-refs.ts';
import { inDirectory } from '../files/entered-directory.ts';
import { openForReading } from '../files/safe-file.ts';
import { gitIn } from '../git/project-tree.ts';
import type { Repository } from '../git/repository.ts';
import { pathKey, type Environment } from '../state/state-files.ts';
import { maxListBytes } from '../state/task-files.ts';
import { keepCheckpoint } from './keep-checkpoint.ts';
import { contentOf, forgetWritten, type AddedFile } from './tree-with-files.ts';

export type CheckpointRequest = {
  session: number;
  moment: 'before' | 'after';
  /** Of the project's files as they are: a tree object. */
  tree: string;
};

export type OfTask = {
  project: string;
  task: string;
  environment: Environment;
  /** Where its sessions work, if that is a worktree. */
  workplace?: string;
};

/** What every use of a task's checkpoints needs. */
export type TaskCheckpoints = {
  program: string;
  repository: Repository;
  environment: Environment;
  /** The directory of the task's refs. */
  refs: string;
  /** The steps from the root to the task's directory; one character per byte. */
  directory: readonly string[];
};

const keptFiles = ['progress.md', 'task_list.md'] as const;

/** `problem` is null where there is no repository. */
export async function findCheckpoints({
  project,
  task,
  environment,
  workplace = project,
}: OfTask): Promise<TaskCheckpoints | { problem: string | null }> {
  const git = await gitIn(workplace, environment);
  if ('problem' in git) return git;
  return {
    ...git,
    refs: checkpointDirectory(pathKey(project), task),
    directory: stepsTo(git.repository.root, workplace, task),
  };
}

/** The last checkpoint that this process kept after a session: one before the next is the same if nothing changed. */
let lastKept: { of: string; session: number; content: string } | null = null;

/** The problem, or null. */
export async function keepProjectCheckpoint(
  of: OfTask,
  request: CheckpointRequest,
): Promise<string | null> {
  const files = await keptFilesOf(of);
  const { session, moment, tree } = request;
  const content = contentOf(tree, files);
  const task = `${of.project}\0${of.task}`;
  const isAsLast =
    lastKept?.of === task && lastKept.session === session - 1 && lastKept.content === content;
  if (moment === 'before' && isAsLast) return null;
  const found = await findCheckpoints(of);
  if ('problem' in found) return found.problem ?? 'there is no repository';
  const kept = await keepCheckpoint({ ...found, ...request, task: of.task, files });
  if ('problem' in kept) {
    forgetWritten();
    return kept.problem;
  }
  lastKept = moment === 'after' ? { of: task, session, content } : null;
  return null;
}

function stepsTo(root: string, workplace: string, task: string): string[] {
  const way = relative(root, workplace);
  return [...(way === '' ? [] : way.split(sep)), '.autonomous', task].map((step) =>
    Buffer.from(step).toString('latin1'),
  );
}

/** As bytes; one that is missing, too long or no plain file is not in it. */
export async function keptFilesOf({ project, task }: OfTask): Promise<AddedFile[]> {
  const files: AddedFile[] = [];
  for (const name of keptFiles) {
    const bytes = await inDirectory([project, '.autonomous', task], (at) =>
      wholeFile(`${at}/${name}`),
    ).catch(() => null);
    if (bytes !== null) files.push({ name, bytes });
  }
  return files;
}

async function wholeFile(path: string): Promise<Buffer | null> {
  const handle = await openForReading(path);
  try {
    return (await handle.stat()).size > maxListBytes ? null : await handle.readFile();
  } finally {
    await handle.close();
  }
}

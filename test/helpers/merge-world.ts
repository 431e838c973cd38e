// A git repository with a task's branch and worktree, ready to be merged.

import * as fs from 'node:fs';
import { join } from 'node:path';
import type { MergePlan } from '../../source/core/merge/plan.ts';
import {
  mergeBranch,
  plannedMerge,
  type MergeOutcome,
} from '../../source/system/merge/merge-branch.ts';
import type { MergeOrder } from '../../source/system/merge/merge-call.ts';
import { makeGitWorld, programPath, type GitWorld } from './git-world.ts';

export type MergeWorld = GitWorld & {
  /** Of the task. */
  worktree: string;
  /** Writes a file of the worktree and commits it. */
  commit(path: string, text: string): void;
  /** The same in the root. */
  commitHere(path: string, text: string): void;
  mergeOrder(more?: Partial<MergeOrder>): Promise<MergeOrder>;
  plan(more?: Partial<MergeOrder>): Promise<MergePlan>;
  merge(more?: Partial<MergeOrder>): Promise<MergeOutcome>;
  read(path: string): string | null;
  id(name: string): string;
  status(): string;
};

let merges = 0;

/** `main` is checked out in the root, and has one commit. */
export function makeMergeWorld(): MergeWorld {
  const world = makeGitWorld();
  const worktree = join(world.directory, 'worktree');
  world.git('worktree', 'add', '-q', '-b', 'autonomous/docs', worktree);
  const base = world.git('rev-parse', 'HEAD').trim();
  const commitIn = (where: string, path: string, text: string): void => {
    fs.mkdirSync(join(where, path, '..'), { recursive: true });
    fs.writeFileSync(join(where, path), text);
    world.gitIn(where, 'add', '--', path);
    world.gitIn(where, 'commit', '-q', '-m', path);
  };
  const made: MergeWorld = {
    ...world,
    worktree,
    commit: (path, text) => commitIn(worktree, path, text),
    commitHere: (path, text) => commitIn(world.root, path, text),
    mergeOrder: async (more = {}) => ({
      program: programPath(),
      repository: await world.repository(),
      environment: world.environment,
      task: 'docs',
      state: join(world.directory, 'state'),
      branch: {
        path: worktree,
        branch: 'autonomous/docs',
        from: 'refs/heads/main',
        base,
      },
      marker: `test-merge-${process.pid}-${merges++}`,
      ...more,
    }),
    plan: async (more) => plannedMerge(await made.mergeOrder(more)),
    merge: async (more) => mergeBranch(await made.mergeOrder(more)),
    read: (path) => {
      const whole = join(world.root, path);
      return fs.existsSync(whole) ? fs.readFileSync(whole, 'utf8') : null;
    },
    id: (name) => world.git('rev-parse', name).trim(),
    status: () => world.git('status', '--porcelain'),
  };
  fs.mkdirSync(join(world.directory, 'state'), { mode: 0o700 });
  return made;
}

// A git repository of a test, with a user's home of its own, and programs that leave a mark when something runs them.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRepository, type Repository } from '../../source/system/git/repository.ts';
import { takeTree, type TreeOrder } from '../../source/system/git/take-tree.ts';
import type { Tree } from '../../source/system/git/tree-kind.ts';

export type GitWorld = {
  directory: string;
  root: string;
  environment: Record<string, string>;
  /** Runs git as a user would, in the root. */
  git(...words: string[]): string;
  gitIn(directory: string, ...words: string[]): string;
  write(path: string, text?: string | Buffer): void;
  /** Makes a program that leaves a mark and does nothing else; answers its path. */
  planted(): string;
  /** Whether a planted program ran since the last call. */
  ran(): boolean;
  repository(): Promise<Repository>;
  order(more?: Partial<TreeOrder>): Promise<TreeOrder>;
  /** Takes a tree, or throws with the problem. */
  tree(more?: Partial<TreeOrder>): Promise<Tree>;
  /** `100644 path` of each file, as `ls-tree -r` has them. */
  filesOf(tree: Pick<Tree, 'id'>): string[];
  remove(): void;
};

/** With one commit, which has `kept.txt`. */
export function makeGitWorld(): GitWorld {
  const directory = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'git-world-')));
  const [root, home, mark] = [
    join(directory, 'root'),
    join(directory, 'home'),
    join(directory, 'mark'),
  ];
  fs.mkdirSync(root);
  fs.mkdirSync(home);
  fs.writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = U\n\temail = u@localhost\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n',
  );
  const environment = { HOME: home, PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1' };

  const gitIn = (where: string, ...words: string[]): string =>
    execFileSync('git', words, {
      cwd: where,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
  const world: GitWorld = {
    directory,
    root,
    environment,
    gitIn,
    git: (...words) => gitIn(root, ...words),
    write: (path, text = 'text\n') => {
      const whole = join(root, path);
      fs.mkdirSync(dirname(whole), { recursive: true });
      fs.writeFileSync(whole, text);
    },
    planted: () => {
      const path = join(directory, 'planted.sh');
      fs.writeFileSync(path, `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
      return path;
    },
    ran: () => {
      const didRun = fs.existsSync(mark);
      fs.rmSync(mark, { force: true });
      return didRun;
    },
    repository: async () => {
      const found = await findRepository(root);
      if ('problem' in found) throw new Error(found.problem ?? 'no repository');
      return found.repository;
    },
    order: async (more = {}) => ({
      program: programPath(),
      repository: await world.repository(),
      index: join(directory, 'state', 'index'),
      environment,
      ...more,
    }),
    tree: async (more = {}) => {
      const tree = await takeTree(await world.order(more));
      if ('problem' in tree) throw new Error(tree.problem);
      return tree;
    },
    filesOf: ({ id }) =>
      world
        .git('ls-tree', '-r', '-z', id)
        .split('\0')
        .filter((line) => line !== '')
        .map((line) => line.replace(/ \w+ [0-9a-f]+\t/, ' ')),
    remove: () => fs.rmSync(directory, { recursive: true, force: true }),
  };
  fs.cpSync(firstCommit(environment), root, { recursive: true, preserveTimestamps: true });
  return world;
}

let template: string | undefined;

/** Made once and copied: a call of git costs more than a copy. */
function firstCommit(environment: Record<string, string>): string {
  if (template !== undefined) return template;
  const directory = fs.mkdtempSync(join(tmpdir(), 'git-template-'));
  process.once('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
  fs.writeFileSync(join(directory, 'kept.txt'), 'text\n');
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'first'],
  ]) {
    execFileSync('git', words, { cwd: directory, env: environment });
  }
  template = directory;
  return template;
}

let program: string | undefined;

export function programPath(): string {
  program ??= execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  return program;
}

// A checkpoint of a large repository in which a session changed some files, beside `git status` on the same files.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepProjectCheckpoint } from '../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../source/system/git/project-tree.ts';
import { benchHome } from '../lib/project.ts';
import type { Row, Sides } from '../lib/row.ts';

export const checkpointRows: readonly Row[] = [
  {
    name: 'checkpoint',
    what: 'a checkpoint of 100,000 files of which a session changed 50 (promised: 1 s)',
    unit: 'ms',
    goal: { kind: 'times a peer', peer: 'git status', value: 2.5 },
    rounds: { whole: 7, short: 1 },
    isInShort: false,
    open,
  },
];

const directories = 1000;
const filesInEach = 100;
const changed = 50;

function open(): Promise<Sides> {
  mkdirSync(benchHome, { recursive: true });
  const root = realpathSync(mkdtempSync(join(benchHome, 'checkpoint-')));
  const project = join(root, 'project');
  mkdirSync(project);
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-C', project, ...words], { stdio: 'ignore' });
  git('init', '--quiet');
  for (let at = 0; at < directories; at++) mkdirSync(join(project, `part-${at}`));
  for (let file = 0; file < directories * filesInEach; file++) write(file, 0);
  git('add', '--all');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', 'All');
  let session = 0;
  return Promise.resolve({
    ours: async () => {
      session++;
      for (let file = 0; file < changed; file++) write(file * 1999, session);
      const startedAt = performance.now();
      await checkpoint();
      return performance.now() - startedAt;
    },
    peers: {
      'git status': () => {
        const startedAt = performance.now();
        git('status', '--porcelain');
        return performance.now() - startedAt;
      },
    },
    end: () => rmSync(root, { recursive: true, force: true }),
  });

  function write(file: number, round: number): void {
    const path = join(project, `part-${Math.floor(file / filesInEach)}`, `file-${file}.ts`);
    writeFileSync(path, `export const value${file} = ${round};\n`);
  }

  async function checkpoint(): Promise<void> {
    const [environment, task] = [process.env, 'work'];
    const tree = await projectTree({ project, state: join(root, 'state'), environment });
    if (tree.kind !== 'git') throw new Error('there is no tree of the files');
    const request = { session, moment: 'after', tree: tree.id } as const;
    const problem = await keepProjectCheckpoint({ project, task, environment }, request);
    if (problem !== null) throw new Error(problem);
  }
}

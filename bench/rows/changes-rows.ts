// The page "What it changed" on a diff of 100 MB: the files and the first lines of one of them, without the screen. Git
// itself counts the lines of all files in the same trees.

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createChangesKeeper } from '../../source/engine/changes/keeper.ts';
import { readChanges } from '../../source/system/changes/read-changes.ts';
import { beginVisit } from '../../source/system/changes/visit.ts';
import { keepProjectCheckpoint } from '../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../source/system/git/project-tree.ts';
import { benchHome } from '../lib/project.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import { timed } from '../lib/timed.ts';

export const changesRows: readonly Row[] = [
  {
    name: 'changes-100-mb',
    what: 'a diff of 100 MB: its files and the first lines of one of them (floor: git counts its lines)',
    unit: 'ms',
    goal: { kind: 'times the floor', value: 0.15 },
    rounds: { whole: 7, short: 1 },
    // A tenth of it says nothing: what is measured then is how long git takes to start.
    isInShort: false,
    open,
  },
];

const files = 50;
const task = 'work';
const inView = 50;

async function open(size: Size): Promise<Sides> {
  mkdirSync(benchHome, { recursive: true });
  const root = realpathSync(mkdtempSync(join(benchHome, 'changes-')));
  const [project, state] = [join(root, 'project'), join(root, 'state')];
  mkdirSync(project);
  execFileSync('git', ['init', '--quiet', project]);
  const environment = process.env;
  // A changed line is twice in a patch.
  const lines = (size === 'whole' ? 1_000_000 : 100_000) / files / 50;
  const write = (word: string): void => {
    for (let file = 0; file < files; file++) {
      const text = Array.from({ length: lines }, (_, at) => `line ${at} ${word.repeat(9)}\n`);
      writeFileSync(join(project, `file-${file}.txt`), text.join('').repeat(50));
    }
  };
  const keep = async (moment: 'before' | 'after'): Promise<string> => {
    const { id } = await projectTree({ project, state, environment });
    const problem = await keepProjectCheckpoint(
      { project, task, environment },
      { session: 1, moment, tree: id },
    );
    if (problem !== null) throw new Error(problem);
    return id;
  };
  write('word ');
  const from = await keep('before');
  write('WORD ');
  const to = await keep('after');
  const visit = await beginVisit({
    ...{ project, task, environment, state, directory: null, running: null, checkpoints: 'on' },
  });
  if ('problem' in visit) throw new Error(visit.problem);
  const git = promisify(execFile);
  const compare = (form: string): Promise<number> =>
    timed(() => git('git', ['-C', project, 'diff-tree', '-r', '-z', form, from, to]));
  return {
    ours: () =>
      timed(
        () =>
          new Promise<void>((resolve, reject) => {
            const range = { kind: 'session', session: 1 } as const;
            const keeper = createChangesKeeper(() =>
              Promise.resolve({
                ...visit,
                read: (asked) => readChanges(visit, project, asked),
                looked: () => Promise.resolve(),
              }),
            );
            keeper.subscribe(() => {
              const { files: found, patch, problem } = keeper.changes() ?? {};
              const isSeen = found?.length === files && (patch?.lines.length ?? 0) >= inView;
              if (!isSeen && problem == null) return;
              keeper.close();
              if (isSeen) resolve();
              else reject(new Error(problem ?? ''));
            });
            const look = { path: null, line: 0, height: inView, seek: null };
            keeper.look({ task, visit: 1, range, ...look });
          }),
      ),
    floor: () => compare('--numstat'),
    peers: { 'git diff-tree --raw': () => compare('--raw') },
    end: () => rmSync(root, { recursive: true, force: true }),
  };
}

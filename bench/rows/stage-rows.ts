// The stage between two sessions without checks, of a task with a thousand steps in a git repository of a thousand files:
// the guard puts a step back, the configuration is compared, the ticks are judged.

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerDeps } from '../../source/cli/deps/runner-deps.ts';
import { defaultRunSettings } from '../../source/core/run/settings.ts';
import { noTaskOptions } from '../../source/core/task/options.ts';
import { rememberBeginning, rememberEnd } from '../../source/engine/between/session-memory.ts';
import { stageOf } from '../../source/engine/between/settle.ts';
import { newSession } from '../../source/engine/session/launch.ts';
import { benchHome } from '../lib/project.ts';
import type { Row, Sides } from '../lib/row.ts';

export const stageRows: readonly Row[] = [
  {
    name: 'stage',
    what: 'the stage between two sessions, without checks (1000 steps, 1000 files; promised: 50 ms)',
    unit: 'ms',
    goal: { kind: 'times a peer', peer: 'git status', value: 8 },
    rounds: { whole: 15, short: 5 },
    open,
  },
];

const steps = 1000;
const files = 1000;

async function open(): Promise<Sides> {
  mkdirSync(benchHome, { recursive: true });
  const root = realpathSync(mkdtempSync(join(benchHome, 'stage-')));
  const project = join(root, 'project');
  mkdirSync(project);
  execFileSync('git', ['init', '--quiet', project]);
  for (let file = 0; file < files; file++) {
    writeFileSync(join(project, `file-${file}.ts`), `export const value${file} = ${file};\n`);
  }
  const deps = await runnerDeps({ project, home: join(root, 'state') }, 'work');
  await deps.state.make();
  await deps.task.make();
  const list = join(deps.task.path, 'task_list.md');
  const stage = stageOf({
    deps,
    request: {
      project,
      task: 'work',
      description: null,
      codex: '/nowhere',
      options: noTaskOptions,
      checks: [],
      sandbox: 'workspace-write',
      settings: defaultRunSettings,
      resumeLast: false,
      recovers: false,
    },
    look: () => Promise.resolve({ kind: 'missing' }),
  });
  let round = 0;
  return {
    ours: async () => {
      const session = newSession(
        { number: ++round, role: 'executor', resumes: null, additions: [] },
        { newUuid: randomUUID, clock: deps.clock },
        { options: noTaskOptions },
      );
      const before = listWith(300);
      writeFileSync(list, before);
      await rememberBeginning(deps, session, before);
      // The session ticks three steps and removes another.
      writeFileSync(list, listWith(303).replace(/^.* step 500 .*\n/mu, ''));
      writeFileSync(join(project, 'file-7.ts'), `export const value7 = ${round};\n`);
      const command = { command: 'npm test', exitCode: 0, from: 0, to: 1 };
      const watch = { commands: [command], listWrites: [], changes: [], patched: null };
      await rememberEnd(deps, session, { watch, before });
      const startedAt = performance.now();
      for (const part of defaultRunSettings.stage) {
        const { notes = [] } = await stage.settle(part, { purpose: 'session', session });
        if (part === 'guard' && !notes.some((note) => note.includes('back in the list'))) {
          throw new Error('the guard put nothing back');
        }
      }
      return performance.now() - startedAt;
    },
    peers: {
      'git status': () => {
        const startedAt = performance.now();
        execFileSync('git', ['-C', project, 'status', '--porcelain'], { stdio: 'ignore' });
        return performance.now() - startedAt;
      },
    },
    end: () => rmSync(root, { recursive: true, force: true }),
  };
}

function listWith(done: number): string {
  return Array.from(
    { length: steps },
    (_, index) => `- [${index < done ? 'x' : ' '}] Do step ${index} of the parser and test it\n`,
  ).join('');
}

// The checkpoints of a run's sessions, in a real repository, with a fake Codex.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultRunSettings } from '../../../source/core/run/settings.ts';
import { partsInForce } from '../../../source/core/stage/stage.ts';
import { EngineWorld, listOf, soon } from '../../helpers/engine-world.ts';
import type { FakeCodex } from '../../helpers/fake-codex.ts';
import { threadStarted, turnCompleted } from '../../helpers/log-lines.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: EngineWorld;
beforeEach(() => {
  world = new EngineWorld();
  git('init', '-q');
});
afterEach(() => world.remove());

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: world.project, encoding: 'utf8' });
}

const refs = (): string[] =>
  git('for-each-ref', '--format=%(refname)', 'refs/autonomous').trim().split('\n');
const sessions = (): string[] => refs().map((ref) => ref.slice(ref.lastIndexOf('/') + 1));

/** The session ends, and the run has done what follows. */
async function ends(codex: FakeCodex): Promise<void> {
  codex.says(turnCompleted(10)).exits();
  await world.closes(codex);
  await world.phase('resting');
}

async function begun(settings: object = {}): Promise<FakeCodex> {
  world.writeList(listOf(0, 3));
  await world.begin({ settings });
  const codex = await world.codex(1);
  codex.says(threadStarted());
  return codex;
}

test('a checkpoint is made before the first session and after it, with what the session changed', async () => {
  const codex = await begun();
  expect(sessions()).toEqual(['0']);
  fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
  world.writeList(listOf(1, 3));
  await ends(codex);
  expect(sessions()).toEqual(['0', '1']);
  const [first, second] = refs() as [string, string];
  expect(git('diff', '--name-only', first, second)).toBe(
    '.autonomous/docs-site/task_list.md\nmade.ts\n',
  );
});

test('what is not in a checkpoint, and what is not in a commit of a worktree, is said once', async () => {
  world.workplace = join(world.directory, 'worktree');
  fs.writeFileSync(join(world.project, '.gitattributes'), 'secret* filter=crypt\n');
  fs.writeFileSync(join(world.project, 'secret.txt'), 'text\n');
  world.writeList(listOf(0, 3));
  const runner = await world.begin();
  const first = await world.codex(1);
  first.says(threadStarted());
  await ends(first);
  world.clock.turn(3000);
  const second = await world.codex(2);
  second.says(threadStarted());
  await ends(second);
  expect(runner.notes.filter((note) => note.startsWith('Not '))).toEqual([
    'Not in the checkpoints: secret.txt (needs a filter of the repository)',
    'Not committed: secret.txt (needs a filter of the repository)',
  ]);
});

test('there are none where they are off, or where a session can change the repository itself', async () => {
  const stage = partsInForce({ ...defaultRunSettings, checkpoints: 'off', checks: [] });
  await ends(await begun({ stage }));
  expect(refs()).toEqual(['']);
  world.remove();
  world = new EngineWorld();
  git('init', '-q');
  world.whyGitIsOpen = 'Codex 0.98.0 lets a session change the repository’s own files: update it';
  world.writeList(listOf(0, 3));
  const runner = await world.begin();
  const codex = await world.codex(1);
  codex.says(threadStarted());
  await ends(codex);
  expect(refs()).toEqual(['']);
  expect(runner.notes).toContain(`No checkpoint: ${world.whyGitIsOpen}`);
});

test('a runner that dies anywhere around a checkpoint loses none', async () => {
  // Every seventeenth call of its deps, others in each run.
  for (let steps = 1 + Math.floor(Math.random() * 17); ; steps += 17) {
    world.remove();
    world = new EngineWorld();
    git('init', '-q');
    world.writeList(listOf(0, 3));
    const runner = await world.begin();
    const codex = await world.codex(1);
    codex.says(threadStarted());
    const before = git('rev-parse', refs()[0]!);
    fs.writeFileSync(join(world.project, 'made.ts'), 'export {};\n');
    runner.diesAfter(steps);
    codex.says(turnCompleted(10)).exits();
    const isDead = await soon('it is dead, or rests', () => {
      if (runner.isDead) return 'dead';
      return world.record.phase === 'resting' ? 'rests' : null;
    });
    if (isDead === 'dead') {
      await world.begin({ recovers: true });
      await soon('the next session runs', () => {
        world.clock.turn(500);
        return world.processes.codexes.length === 2;
      });
    }
    const [first, second] = refs() as [string, string];
    expect(sessions().slice(0, 2), `after ${steps} steps`).toEqual(['0', '1']);
    expect(git('rev-parse', first)).toBe(before);
    expect(git('diff', '--name-only', first, second)).toBe('made.ts\n');
    expect(git('rev-parse', `${second}^1`)).toBe(before);
    if (isDead === 'rests') return;
  }
}, 240_000);

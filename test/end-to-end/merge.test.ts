// Two tasks change the same lines in worktrees of their own, at the same time, on the real Codex. One is merged; the
// other is told of the conflict, a session resolves it, and it is merged as well: no line of either is lost.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { command, message } from '../../source/demo/responses-api.ts';
import type { Answer } from '../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../source/demo/scripted-worker.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { hasSandbox, smallPlan, test } from '../helpers/end-to-end-world.ts';

/** Works on the task that the prompt names. */
function workerOf(task: string): (request: ModelRequest) => Answer {
  const plan = smallPlan({ steps: 1, work: () => [command(`echo "${task}" >> fruit.txt`)] });
  return scriptedWorker({ plans: () => plan });
}

describe.skipIf(!hasSandbox)('two tasks that change the same lines', () => {
  test('are both merged, by key, and a session resolves what conflicts', async ({ makeWorld }) => {
    const world = await makeWorld();
    const { project } = world;
    const git = (...words: string[]): string =>
      execFileSync('git', ['-c', 'user.name=U', '-c', 'user.email=u@localhost', ...words], {
        cwd: project,
        encoding: 'utf8',
      });
    writeFileSync(join(project, 'fruit.txt'), 'plum\n');
    git('add', 'fruit.txt');
    git('commit', '-qm', 'first');
    git('branch', '-M', 'main');
    const list = join(world.task('pears').path, 'task_list.md');
    const resolution = [
      command(String.raw`sed -i '/^[<=>]\{7\}/d' fruit.txt`),
      command(String.raw`sed -i 's/^- \[ \]/- [x]/' '${list}'`),
      message('Both fruits are kept.'),
    ];
    const [apples, pears] = [workerOf('apples'), workerOf('pears')];
    world.setAnswer((request) => {
      if (!request.prompt.includes('.autonomous/pears')) return apples(request);
      if (!request.prompt.includes('conflict markers')) return pears(request);
      return { kind: 'items', items: resolution.slice(request.toolOutputs.length).slice(0, 1) };
    });
    const ended = await Promise.all(
      ['apples', 'pears'].map((name) =>
        world.run(['--headless', '--worktree', '--task-name', name, `Bring ${name}`]),
      ),
    );
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);

    const dashboard = await world.dashboard();
    pressFor(dashboard, 'panes', 'first');
    await dashboard.waitFor(/▸ ✓ apples/);
    pressFor(dashboard, 'panes', 'merge');
    await dashboard.waitFor('Merge autonomous/apples (1 commit) into main by');
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor('Merged autonomous/apples');
    expect(git('show', 'main:fruit.txt')).toBe('plum\napples\n');

    pressFor(dashboard, 'panes', 'down');
    await dashboard.waitFor(/▸ ✓ pears/);
    pressFor(dashboard, 'panes', 'merge');
    await dashboard.waitFor(/autonomous\/pears conflicts with main in fruit\.txt/);
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor('resolves the conflicts');
    await dashboard.waitFor(/▸ ✓ pears +2\/2 +done/);
    pressFor(dashboard, 'panes', 'merge');
    await dashboard.waitFor('Merge autonomous/pears');
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor('Merged autonomous/pears');
    expect(readFileSync(join(project, 'fruit.txt'), 'utf8')).toBe('plum\npears\napples\n');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('branch', '--list').trim()).toBe('* main');
  });
});

// Every key of the page "What it changed", pressed in a real terminal, on what a session of the real Codex did, and on a
// second one of which there are only its checkpoints: a session with checkpoints is a hundred processes.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { fileWith } from '../../source/demo/patch-text.ts';
import { command, patch } from '../../source/demo/responses-api.ts';
import { keepProjectCheckpoint } from '../../source/system/checkpoint/project-checkpoints.ts';
import { projectTree } from '../../source/system/git/project-tree.ts';
import { pressFor } from '../helpers/command-keys.ts';
import { until } from '../helpers/until.ts';
import { smallPlan, test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

const lines = Array.from({ length: 80 }, (_, at) => `const value${at} = ${at};`);

/** The files as they are, as a checkpoint of session 2. */
async function keep(world: EndToEndWorld, moment: 'before' | 'after'): Promise<void> {
  const { project, env: environment } = world;
  const state = join(world.directory, 'own');
  const { id } = await projectTree({ project, state, environment });
  const of = { project, task: 'shop', environment };
  expect(await keepProjectCheckpoint(of, { session: 2, moment, tree: id })).toBe(null);
}

describe('what a task changed', () => {
  test('is found file by file and session by session, searched, copied and exported', async ({
    makeWorld,
  }) => {
    const work = () => [
      patch(fileWith('first.ts', lines)),
      command('printf "not\\tthis\\n" > other.txt'),
    ];
    const configuration = { restSeconds: 0, checkpoints: 'on' };
    const world = await makeWorld({ plan: smallPlan({ steps: 1, work }), configuration });
    await world.prepare('shop');
    const { exitCode, stderr } = await world.run(['--headless', '-n', 'shop', '--continue']);
    expect(exitCode, stderr).toBe(0);
    await keep(world, 'before');
    await writeFile(join(world.project, 'second.ts'), `const long = '${'x'.repeat(150)}end';\n`);
    await keep(world, 'after');
    const dashboard = await world.dashboard();
    await dashboard.waitFor(/✓ shop|1 done/);

    pressFor(dashboard, 'panes', 'show-changes');
    await dashboard.waitFor(/What it changed · the whole task · shop/);
    await dashboard.waitFor(/first\.ts +new \+80/);
    await dashboard.waitFor(/other\.txt +new \+1/);
    await dashboard.waitFor(/second\.ts +new \+1/);

    // The lines of a file, to its end and back.
    await dashboard.waitFor(/▸ first\.ts/);
    await dashboard.waitFor(/1 \+ const value0 = 0;/);
    pressFor(dashboard, 'changes', 'open-file');
    pressFor(dashboard, 'panes', 'last');
    await dashboard.waitFor(/▸ +80 \+ const value79 = 79;/);
    pressFor(dashboard, 'changes', 'search-lines');
    await dashboard.waitFor('Search:');
    dashboard.type('value4');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor(/▸ +5 \+ const value4 = 4;/);
    await dashboard.waitFor('wrapped');
    pressFor(dashboard, 'changes', 'next-line-match');
    await dashboard.waitFor(/▸ +41 \+ const value40 = 40;/);
    pressFor(dashboard, 'changes', 'previous-line-match');
    await dashboard.waitFor(/▸ +5 \+ const value4 = 4;/);
    pressFor(dashboard, 'changes', 'clear-line-search');
    await dashboard.waitFor('Esc files');
    pressFor(dashboard, 'changes', 'copy-hunk');
    await dashboard.waitFor('Copied 81 lines');
    pressFor(dashboard, 'changes', 'back-to-files');
    await dashboard.waitFor('Esc back');

    // The sessions, the last one first.
    pressFor(dashboard, 'changes', 'previous-range');
    await dashboard.waitFor(/session 2 · shop[^]*second\.ts +new \+1/);
    await dashboard.waitUntilGone('first.ts');
    await dashboard.waitFor(/▸ second\.ts[^]*const long = 'xxx/);
    for (let press = 0; press < 7; press++) pressFor(dashboard, 'changes', 'lines-right');
    await dashboard.waitFor("xend';");
    for (let press = 0; press < 7; press++) pressFor(dashboard, 'changes', 'lines-left');
    await dashboard.waitFor('const long');
    pressFor(dashboard, 'changes', 'next-range');
    await dashboard.waitFor('the whole task');
    await writeFile(join(world.project, 'users.txt'), 'mine\n');
    pressFor(dashboard, 'changes', 'read-again');
    await dashboard.waitFor('users.txt');
    pressFor(dashboard, 'changes', 'previous-range');
    await dashboard.waitFor(/since you last looked, at[^]*▸ users\.txt/);
    await dashboard.waitUntilGone('first.ts');
    pressFor(dashboard, 'changes', 'next-range');
    await dashboard.waitFor('first.ts');

    pressFor(dashboard, 'changes', 'export-patch');
    await dashboard.waitFor('Export to: shop-task.patch');
    pressFor(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('git apply takes it');
    const exported = await until('the patch is there', () =>
      readFile(join(world.project, 'shop-task.patch'), 'utf8'),
    );
    expect(exported).toMatch(/^diff --git a\/\.autonomous[^]*\+const value79 = 79;[^]*\+mine\n/m);
    pressFor(dashboard, 'changes', 'back');
    await dashboard.waitUntilGone('What it changed');

    // From a file change in the log to that file in its session.
    pressFor(dashboard, 'panes', 'next-pane');
    await dashboard.waitFor('Esc back');
    pressFor(dashboard, 'log', 'log-filter');
    pressFor(dashboard, 'log', 'log-filter');
    pressFor(dashboard, 'log', 'log-filter');
    pressFor(dashboard, 'log', 'log-filter');
    await dashboard.waitFor(/─ shop · done[^\n]*\n[^\n]*✎ \+ first\.ts/);
    pressFor(dashboard, 'panes', 'show-changes');
    await dashboard.waitFor(/session 1 · shop[^]*▸ first\.ts/);
    await dashboard.waitFor(/1 \+ const value0 = 0;[^]*Esc files/);

    // What the session did is taken back.
    pressFor(dashboard, 'panes', 'show-sessions');
    await dashboard.waitUntilGone('What it changed');
    pressFor(dashboard, 'details', 'undo');
    await dashboard.waitFor(/Take back session 1 of shop\?[^]*remove first\.ts/);
    pressFor(dashboard, 'confirm', 'yes');
    await dashboard.waitFor(/Took back session 1 of shop in \d+ files/);
    expect(await readdir(world.project)).not.toContain('first.ts');
  });
});

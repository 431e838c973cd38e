// Taking over the conversation of a task: the real Codex, in its own screen, on the terminal of the dashboard and of a call.

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { writeCodexHome } from '../../source/demo/codex-home.ts';
import { fileWith } from '../../source/demo/patch-text.ts';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import { message, patch } from '../../source/demo/responses-api.ts';
import { pressFor } from '../helpers/command-keys.ts';
import {
  type EndToEndWorld,
  hasSandbox,
  smallPlan,
  test,
  type TaskFiles,
} from '../helpers/end-to-end-world.ts';
import type { Terminal } from '../helpers/terminal.ts';

const isOurs = ({ prompt }: ModelRequest): boolean => prompt.includes('Task directory');
/** More than all sessions of the task use, and less than makes Codex compact the conversation. */
const usage = { inputTokens: 100_000, cachedInputTokens: 0, outputTokens: 50, reasoningTokens: 0 };

/** The user's own words get an answer, and a file if they ask for one. */
function answerUser(world: EndToEndWorld): void {
  world.setAnswer((request) => {
    if (isOurs(request)) return world.worker(request);
    const isFirst = request.toolOutputs.length === 0;
    const items =
      isFirst && request.prompt.includes('notes.md')
        ? [patch(fileWith('notes.md', ['Tabs.']))]
        : [message('Tabs it is.')];
    return { kind: 'items', items, usage };
  });
}

/** Codex offers another model once, and asks once whether the directory is trusted. */
async function asAnswered(world: EndToEndWorld, trustedProject?: string): Promise<void> {
  const { codexHome, model } = world;
  const trusted = trustedProject === undefined ? {} : { trustedProject };
  await writeCodexHome(codexHome, { url: model.url, shellSnapshot: false, ...trusted });
  const answered = '[notice.model_migrations]\n"gpt-5.5" = "gpt-6-sol"\n';
  await appendFile(join(codexHome, 'config.toml'), answered);
}

async function talk(terminal: Terminal, words: string): Promise<void> {
  terminal.type(words);
  await terminal.waitFor(words);
  terminal.press('enter');
  await terminal.waitFor('Tabs it is.');
  await terminal.whenStill();
}

async function leave(terminal: Terminal): Promise<void> {
  terminal.type('/quit');
  await terminal.whenStill();
  terminal.press('enter');
}

const takenOver = async (task: TaskFiles) => task.logged('autonomous.taken-over');

describe.skipIf(!hasSandbox)('taking over', { concurrent: true }, () => {
  test('by key: the task pauses, Codex has the terminal, and the conversation goes on with both parts', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({
      plan: smallPlan({ steps: 2 }),
      configuration: { restSeconds: 0, checkpoints: 'on' },
    });
    await asAnswered(world);
    answerUser(world);
    const task = await world.prepare('shop');
    const gate = world.hold(isOurs);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    const { prompt, threadId } = await gate.reached();
    // The dashboard reads of the conversation a moment after Codex has begun it.
    pressFor(dashboard, 'panes', 'show-about');
    await dashboard.waitFor(threadId!);
    pressFor(dashboard, 'panes', 'take-over');
    await dashboard.waitFor('Trust and continue');
    await dashboard.whenStill();
    dashboard.press('enter');
    await dashboard.waitFor('Conversation interrupted');
    await talk(dashboard, 'Write notes.md: I want tabs');
    gate.open();
    expect((await task.record())?.ending).toMatchObject({ kind: 'paused' });
    await leave(dashboard);
    await dashboard.waitFor('or stay paused?');
    await dashboard.waitFor('changed: notes.md');
    await dashboard.waitFor('is trusted');
    expect(await readFile(join(world.project, 'notes.md'), 'utf8')).toContain('Tabs.');
    expect(await takenOver(task)).toMatchObject([{ thread: threadId, files: ['notes.md'] }]);
    const next = world.hold(isOurs);
    pressFor(dashboard, 'taken over', 'continue-taken-over');
    const resumed = await next.reached();
    expect(resumed.threadId).toBe(threadId);
    const conversation = JSON.stringify(resumed.items);
    for (const part of [prompt.split('\n')[0]!, 'I want tabs', 'Tabs it is.']) {
      expect(conversation).toContain(part);
    }

    // What Codex says when it cannot open it stays on the screen until it was read.
    const configuration = join(world.codexHome, 'config.toml');
    const before = await readFile(configuration, 'utf8');
    await writeFile(configuration, 'this is not TOML');
    pressFor(dashboard, 'panes', 'take-over');
    await dashboard.waitFor('Press Enter to go on');
    next.open();
    dashboard.press('enter');
    const asked = await dashboard.waitFor('or stay paused?');
    expect(asked.join('\n')).toContain('Codex ended with exit code 1');
    pressFor(dashboard, 'taken over', 'close');
    await dashboard.waitUntilGone('or stay paused?');
    await dashboard.waitFor('1 paused');
    pressFor(dashboard, 'panes', 'take-over');
    await dashboard.waitFor('Press Enter to go on');
    dashboard.press('enter');
    await dashboard.waitFor('or stay paused?');
    await writeFile(configuration, before);
    pressFor(dashboard, 'taken over', 'continue-fresh');
    await world.untilListed('shop', 'done');
    const record = await task.record();
    expect(record?.thread?.id).not.toBe(threadId);
    expect(record?.usage.inputTokens).toBeLessThan(1.5 * usage.inputTokens);
    const { stdout } = await world.run(['--diff', '--task-name', 'shop', '--session', '3']);
    expect(stdout).toContain('parts.txt');
    expect(stdout).not.toContain('notes.md');
  });

  test('by flag: it asks how the task goes on; what cannot be taken over is said in one sentence', async ({
    makeWorld,
  }) => {
    const world = await makeWorld({ plan: smallPlan({ steps: 2 }) });
    await asAnswered(world, world.project);
    answerUser(world);
    const task = await world.prepare('shop');
    const verb = ['--task-name', 'shop', '--take-over'];
    const without = await world.run(verb);
    expect(without).toMatchObject({ exitCode: 1 });
    expect(without.stderr).toContain('has no conversation yet');
    const gate = world.hold(isOurs);
    const dashboard = await world.dashboard(['--task-name', 'shop', '--continue']);
    await gate.reached();
    dashboard.press('q');
    await dashboard.exited;
    const call = world.open(verb);
    await call.waitFor('Conversation interrupted');
    await talk(call, 'I want tabs');
    await leave(call);
    await call.waitFor('stay paused (Enter)?');
    call.type('c\r');
    await call.waitFor('runs in the background');
    expect(await call.exited).toMatchObject({ exitCode: 0 });
    gate.open();
    await world.untilListed('shop', 'done');
    expect(await takenOver(task)).toHaveLength(1);
  });
});

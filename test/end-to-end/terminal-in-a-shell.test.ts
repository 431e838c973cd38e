// What a user's shell finds when the dashboard has ended or is stopped: the line discipline, as stty reports it.

import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { programPath } from '../helpers/program.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { terminalModes } from '../helpers/terminal-modes.ts';
import { until } from '../helpers/until.ts';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';

test.for(['q', 'Ctrl-C', 'SIGTERM', 'SIGHUP', 'an exception'] as const)(
  'after %s the line discipline is restored',
  { concurrent: true },
  async (way, { makeWorld }) => {
    const { shell, dashboard, saved } = await shellWithDashboard(await makeWorld());
    if (way === 'q') shell.press('q');
    else if (way === 'Ctrl-C') shell.press('ctrl-c');
    else process.kill(dashboard(), way === 'an exception' ? 'SIGUSR2' : way);
    await shell.waitFor(/shell> $|shell>$/m);
    await say(shell, 'stty -a > after');
    expect(saved('after')).toBe(saved('before'));
    expect(shell.isFullScreen()).toBe(false);
    shell.type('exit\r');
    await shell.exited;
  },
);

test('Ctrl-Z and fg, kill -STOP and fg: the shell gets its terminal, and the dashboard gets it back', async ({
  makeWorld,
}) => {
  const { shell, dashboard, saved } = await shellWithDashboard(await makeWorld());
  const pid = dashboard();
  shell.press('\u001A');
  await shell.waitFor(/Stopped/);
  expect(shell.isFullScreen()).toBe(false);
  expect(terminalModes(shell)).toMatchObject({ 25: 'h', 1000: 'l', 2004: 'l' });
  await say(shell, 'stty -a > stopped');
  expect(saved('stopped')).toBe(saved('before'));
  shell.type('fg\r');
  await shell.waitFor(/▸ ○ docs[^]*\? help/);
  shell.press('j');
  await shell.waitFor('▸ ○ shop');
  expect(shell.isFullScreen()).toBe(true);

  process.kill(pid, 'SIGSTOP');
  await until('it stands still', () => stateOf(pid) === 'T');
  await shell.waitFor(/shell>/);
  shell.type('fg\r');
  // A key that is typed before that is echoed, as in every shell.
  await until('the dashboard has its keys back', () => lineDiscipline(pid).includes('-icanon'));
  shell.press('k');
  await shell.waitFor(/▸ ○ docs[^]*\? help/);
  shell.press('q');
  // The prompt of a shell that has its terminal back: keys typed before that may still go to the dashboard.
  await shell.waitFor((screen) => screen.findLast((line) => line !== '') === 'shell>');
  await say(shell, 'stty -a > after');
  expect(saved('after')).toBe(saved('before'));
  shell.type('exit\r');
  await shell.exited;
});

async function shellWithDashboard(world: EndToEndWorld) {
  for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
  const shell = world.open([], {
    command: ['/bin/bash', '--norc', '--noprofile', '--noediting', '-i'],
    env: { ...world.env, ...throwsOnSignal, PS1: 'shell> ', AUTONOMOUS_CODEX: '/nowhere/codex' },
  });
  await shell.waitFor('shell>');
  shell.type(`stty -a > before; '${process.execPath}' '${programPath}'\r`);
  await shell.waitFor(/▸ ○ docs[^]*\? help/);
  const saved = (name: string): string => readFileSync(join(world.project, name), 'utf8');
  return { shell, saved, dashboard: () => childOf(shell.pid) };
}

/** Resolves when the shell has run it. */
async function say(shell: Terminal, command: string): Promise<void> {
  said++;
  shell.type(`${command}; echo carried-out-$((${said} + 1000))\r`);
  await shell.waitFor(`carried-out-${said + 1000}`);
}

let said = 0;

function childOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }));
}

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function lineDiscipline(pid: number): string {
  const terminal = readlinkSync(`/proc/${pid}/fd/0`);
  return execFileSync('stty', ['-a', '-F', terminal], { encoding: 'utf8' });
}

/** A program that throws an uncaught error. */
const throwsOnSignal = {
  NODE_OPTIONS:
    '--import data:text/javascript,process.on(%22SIGUSR2%22,()=>setTimeout(()=>{throw%20new%20Error(%22boom%22)}))',
};

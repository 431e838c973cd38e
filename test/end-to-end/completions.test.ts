// The printed scripts in the real shells, where they are installed.

import { execFile, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { test, type EndToEndWorld } from '../helpers/end-to-end-world.ts';
import { programPath } from '../helpers/program.ts';

const run = promisify(execFile);

const isInstalled = (shell: string): boolean =>
  spawnSync(shell, ['-c', 'true'], { stdio: 'ignore' }).status === 0;

/** A line up to the cursor, by its words as bash splits them, and what is offered there. */
const offers: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [['--lo'], ['--log']],
  [['--max-s'], ['--max-sessions']],
  [
    ['-n', ''],
    ['docs-site', 'shop'],
  ],
  [['--task-name', 'sh'], ['shop']],
  [['--log', '=', 's'], ['shop']],
  [
    ['--filter', 'f'],
    ['failed', 'files'],
  ],
  [
    ['--completions', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['--cd', '../other project', '--log', ''], ['elsewhere']],
  [['--cd', '../oth'], ['../other project']],
  [['--max-sessions', ''], []],
  [['Build'], []],
  [['--', '-'], []],
];

describe('completions offer options, the names of tasks, and the values that an option has', () => {
  test('in bash', async ({ makeWorld }) => {
    const world = await worldOfTasks(makeWorld);
    const script = [
      'source <(autonomous-tui --completions bash)',
      'offered() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _autonomous_tui; (IFS="|"; echo "${COMPREPLY[*]}"); }',
      ...offers.map(([words]) => `offered autonomous-tui ${words.map(quoted).join(' ')}`),
    ];
    const { stdout, stderr } = await run('bash', ['--norc', '-c', script.join('\n')], {
      cwd: world.project,
      env: world.env,
    });
    const expected = offers.map(([, offered]) => `${offered.join('|')}\n`);
    expect(stdout).toBe(expected.join(''));
    expect(stderr).toBe('');
  });

  test.skipIf(!isInstalled('fish'))('in fish', async ({ makeWorld }) => {
    const world = await worldOfTasks(makeWorld);
    for (const [words, offered] of offers) {
      // Of these, fish has functions of its own.
      if (words.includes('../oth') || words.includes('--')) continue;
      const line = `autonomous-tui ${words.join(' ').replace(' = ', '=').replace('other ', 'other\\ ')}`;
      const script = `autonomous-tui --completions fish | source; complete -C ${quoted(line)}`;
      const { stdout } = await run('fish', ['--no-config', '-c', script], {
        cwd: world.project,
        env: world.env,
      });
      const shown = stdout.split('\n').map((row) => row.replace(/\t.*$|^--log=/gu, ''));
      expect(shown.filter((row) => row !== '').sort(), line).toEqual(offered.toSorted());
    }
  });

  test.skipIf(!isInstalled('zsh'))('in zsh, which takes the script', async ({ makeWorld }) => {
    const world = await worldOfTasks(makeWorld);
    const script =
      'autoload -Uz compinit; compinit -u -D; source <(autonomous-tui --completions zsh); echo ${_comps[autonomous-tui]}';
    const { stdout, stderr } = await run('zsh', ['-f', '-c', script], {
      cwd: world.project,
      env: world.env,
    });
    expect({ stdout, stderr }).toEqual({ stdout: '_autonomous-tui\n', stderr: '' });
  });
});

async function worldOfTasks(makeWorld: () => Promise<EndToEndWorld>): Promise<EndToEndWorld> {
  const world = await makeWorld();
  const programs = join(world.directory, 'programs');
  await mkdir(programs);
  const call = `#!/bin/sh\nexec '${process.execPath}' '${programPath}' "$@"\n`;
  await writeFile(join(programs, 'autonomous-tui'), call, { mode: 0o755 });
  world.env['PATH'] = [programs, world.env['PATH']].join(delimiter);
  // An agent can make a directory of any name; only names of tasks get into a shell.
  for (const name of ['shop', 'docs-site', '$(touch planted)', 'a b']) {
    await mkdir(join(world.project, '.autonomous', name), { recursive: true });
  }
  const other = join(world.project, '..', 'other project');
  await mkdir(join(other, '.autonomous', 'elsewhere'), { recursive: true });
  return world;
}

function quoted(text: string): string {
  return `'${text}'`;
}

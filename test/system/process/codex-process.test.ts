import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startCodex, type StartedCodex } from '../../../source/system/process/codex-process.ts';
import { signalSession, sweepSession } from '../../../source/system/process/session-processes.ts';
import { identityOf } from '../../../source/system/process/identity.ts';
import { gone, RealProcesses } from '../../helpers/real-processes.ts';
import { until } from '../../helpers/until.ts';

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const processes = new RealProcesses();
const marker = 'AUTONOMOUS_TUI_SESSION';

let directory: string;
let uuid: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'codex-process-'));
  uuid = randomUUID();
});

afterEach(async () => {
  await sweepSession({ uuid, leader: null }, 0);
  await processes.endAll();
  fs.rmSync(directory, { recursive: true, force: true });
});

function program(text: string, name = 'codex'): string {
  const path = join(directory, name);
  fs.writeFileSync(path, text, { mode: 0o755 });
  return path;
}

/** Runs it on three files, as the runner does. */
async function start(codex: string, args: readonly string[] = []): Promise<StartedCodex> {
  fs.writeFileSync(join(directory, 'prompt'), 'the prompt\n');
  const stdin = fs.openSync(join(directory, 'prompt'), 'r');
  const stdout = fs.openSync(join(directory, 'out'), 'a');
  const stderr = fs.openSync(join(directory, 'err'), 'a');
  try {
    return await startCodex({
      codex,
      arguments: args,
      directory,
      uuid,
      descriptors: { stdin, stdout, stderr },
    });
  } finally {
    for (const descriptor of [stdin, stdout, stderr]) fs.closeSync(descriptor);
  }
}

const out = (): string => fs.readFileSync(join(directory, 'out'), 'utf8');
const err = (): string => fs.readFileSync(join(directory, 'err'), 'utf8');

describe('Codex', () => {
  test('reads its prompt from a file and writes to files, never to pipes', async () => {
    const path = program(
      `#!/bin/bash\ncat; echo "$PWD|$${marker}|$*"; echo warning >&2\nfor fd in 0 1 2; do readlink /proc/$$/fd/$fd; done\nexit 7`,
    );
    const { exited } = await start(path, ['exec', 'a b', '-']);
    expect(await exited).toEqual({ exitCode: 7, signal: null });
    expect(out().split('\n')).toEqual([
      'the prompt',
      `${fs.realpathSync(directory)}|${uuid}|exec a b -`,
      ...['prompt', 'out', 'err'].map((name) => fs.realpathSync(join(directory, name))),
      '',
    ]);
    expect(err()).toBe('warning\n');
  });

  test('has a process group and a session of its own, so that Ctrl-C reaches only the runner', async () => {
    const path = program('#!/bin/bash\ncut -d" " -f5,6 /proc/self/stat; sleep 300');
    const { identity } = await start(path);
    expect(await identityOf(identity!.pid)).toEqual(identity);
    await until('it has said so', () => out() !== '');
    await signalSession({ uuid, leader: identity }, 'SIGKILL');
    await gone(identity!.pid);
    expect(out()).toBe(`${identity!.pid} ${identity!.pid}\n`);
  });

  test('that was ended by a signal reports which', async () => {
    const { exited } = await start(program('#!/bin/bash\nkill -TERM $$'));
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
  });

  test.each(['.js', '.mjs-is-none.js'])(
    'in JavaScript (%s) is run by this Node',
    async (ending) => {
      // Its first line would take whichever `node` comes first in the PATH.
      const path = program(`#!/nowhere/node\nconsole.log(process.execPath)`, `launcher${ending}`);
      const link = join(directory, 'codex');
      fs.symlinkSync(path, link);
      for (const codex of [path, link]) await (await start(codex)).exited;
      expect(out()).toBe(`${process.execPath}\n${process.execPath}\n`);
    },
  );

  test.each([
    ['is not there', () => join(directory, 'nothing'), /ENOENT/],
    [
      'is not a program',
      () => (
        fs.writeFileSync(join(directory, 'text'), 'x', { mode: 0o644 }),
        join(directory, 'text')
      ),
      /EACCES/,
    ],
  ])('that %s is an error that says so', async (_what, path, error) => {
    await expect(start(path())).rejects.toThrow(error);
  });

  test('that writes more than a pipe holds never has to wait for a reader', async () => {
    const { exited } = await start(program('#!/bin/bash\nhead -c 3000000 /dev/zero'));
    expect(await exited).toMatchObject({ exitCode: 0 });
    expect(fs.statSync(join(directory, 'out')).size).toBe(3_000_000);
  });
});

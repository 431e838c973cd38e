// Lays out what version 0.1 left on disk (test/fixtures/state-0.1) in the world of a test: the tasks in the project,
// their state under the hash of the project's path, and the conversation of the paused task in Codex's home. Fills in
// what depends on the machine: the project's path, the boot, and the device and inode that a record names.
// Computes paths on its own, because where a later version looks is part of what the test proves.

import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EndToEndWorld } from './end-to-end-world.ts';

const fixture = fileURLToPath(new URL('../fixtures/state-0.1/', import.meta.url));

export const oldTasks = ['by-shell', 'finished', 'killed', 'paused'] as const;

export type OldTask = (typeof oldTasks)[number];

export type OldState = {
  /** What version 0.1 printed about these tasks: a file of `printed/`. */
  printed(file: string): Promise<string>;
  /** The offset in a task's log of a byte of the recorded log: the paths in it have another length here. */
  offsetNow(task: OldTask, recorded: number): number;
};

/** `boot`: the id of the boot on which the runners ran; default: an earlier one. */
export async function layOutOldState(
  world: EndToEndWorld,
  boot = 'an earlier boot',
): Promise<OldState> {
  const project = await realpath(world.project);
  const fill = (text: string): string =>
    text.replaceAll('{{project}}', project).replaceAll('{{boot}}', boot);
  const home = join(world.state, 'autonomous-tui');
  const key = createHash('sha256').update(project).digest('hex').slice(0, 16);
  await copy('tasks', { to: join(project, '.autonomous'), fill });
  await copy('state', { to: join(home, key), fill });
  await copy('machine', { to: join(home, 'machine'), fill });
  await copy('codex-home', { to: world.codexHome, fill });

  const logs = new Map<OldTask, Buffer>();
  for (const task of oldTasks) {
    logs.set(task, await readFile(join(fixture, 'tasks', task, 'session.log')));
  }
  const offsetNow = (task: OldTask, recorded: number): number =>
    Buffer.byteLength(fill(logs.get(task)!.toString('utf8', 0, recorded)));
  for (const task of oldTasks) {
    if (task === 'by-shell') continue; // The shell runner kept no state.
    const directory = join(project, '.autonomous', task);
    const state = join(home, key, task);
    await change(join(state, 'run.json'), (text) => recordOf(directory, text, task));
    await change(join(state, 'session.times'), (text) =>
      text.replace(/^\d+/gmu, (offset) => String(offsetNow(task, Number(offset)))),
    );
  }

  async function recordOf(directory: string, text: string, task: OldTask): Promise<string> {
    const record = JSON.parse(text) as { session: { log: { offset: number } } };
    const own = await stat(directory);
    const log = await stat(join(directory, 'session.log'));
    const offset = offsetNow(task, record.session.log.offset);
    return `${JSON.stringify({
      ...record,
      directory: { device: own.dev, inode: own.ino, bornAt: own.birthtimeMs || null },
      session: { ...record.session, log: { offset, device: log.dev, inode: log.ino } },
    })}\n`;
  }

  return {
    printed: async (file) => fill(await readFile(join(fixture, 'printed', file), 'utf8')),
    offsetNow,
  };
}

/** Sets the modes of the recorded files, which Git does not keep. */
async function copy(
  part: string,
  { to, fill }: { to: string; fill: (text: string) => string },
): Promise<void> {
  const from = join(fixture, part);
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length));
    const isOpen = source.includes('/by-shell/');
    await mkdir(dirname(target), { recursive: true, mode: isOpen ? 0o755 : 0o700 });
    const bytes = await readFile(source);
    await writeFile(target, bytes.includes('{{') ? fill(bytes.toString()) : bytes);
    await chmod(target, isOpen ? 0o644 : 0o600);
  }
}

async function change(
  path: string,
  edit: (text: string) => string | Promise<string>,
): Promise<void> {
  await writeFile(path, await edit(await readFile(path, 'utf8')));
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coordinationOnFiles } from '../../../source/engine/coordination/on-files.ts';
import { machineDirectory } from '../../../source/system/state/machine-directory.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { watchDirectory } from '../../../source/system/watch.ts';
import { compiledSource } from '../../helpers/compiled-code.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { describeCoordination, type CoordinationWorld } from './conformance.ts';

const module = (path: string): string => new URL(`../../../source/${path}`, import.meta.url).href;
const claiming = `import { claimByLocks } from '${module('engine/coordination/claim.ts')}';
import { stateDirectory } from '${module('system/state/state-directory.ts')}';
import { taskDirectory } from '${module('system/state/task-directory.ts')}';
const [home, project] = process.argv.slice(1);
const of = { state: stateDirectory(home, project, 'docs'), task: taskDirectory(project, 'docs') };
console.log(await claimByLocks(of) === null ? 'refused' : 'claimed');
setInterval(() => {}, 1000);`;

async function world(): Promise<CoordinationWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'coordination-'));
  const [home, project] = [join(directory, 'state'), join(directory, 'project')];
  for (const path of [home, project]) await mkdir(path, { mode: 0o700 });
  const clock = new HandClock();
  const files = () => ({
    clock,
    task: taskDirectory(project, 'docs'),
    state: stateDirectory(home, project, 'docs'),
    machine: machineDirectory(home, { CODEX_HOME: directory }),
    watchDirectory,
    patienceMs: 0,
  });
  await files().state.make();
  await files().task.make();
  return {
    clock,
    enter: () => coordinationOnFiles(files()),
    claimElsewhere: async () => {
      const words = ['--no-warnings', '--input-type=module', '-e', claiming, '--', home, project];
      const child = spawn(process.execPath, words, {
        env: { ...process.env, ...compiledSource },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      if (said.toString() !== 'claimed\n') throw new Error(`it is ${said.toString()}`);
      return async () => {
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      };
    },
    recorded: () => files().state.readRecord(),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

describeCoordination('coordination on files', world);

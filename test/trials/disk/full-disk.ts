// A disk that is full for a while: the disk with the log, with our state, or with the project. Each is a small file
// system of its own, mounted so that no other process sees it, see mount-namespace.ts.

import { execFile } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { command } from '../../../source/demo/responses-api.ts';
import { startScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { unequalCopies } from '../outside/copies.ts';
import { readAsked } from '../outside/asked.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import { openOnTerminal, startInPipe } from '../outside/program.ts';
import { readWholeLog } from '../outside/whole-log.ts';

export type FullDisk = 'log' | 'state' | 'project';

export type PlayedDisk = {
  disk: FullDisk;
  /** What `--list` said about the task while the disk was full, without repeats. */
  said: readonly string[];
  /** The steps of the task's list at the end, and how many are ticked. */
  done: number;
  total: number;
  outcomes: readonly (string | null)[];
  breaches: readonly string[];
};

const run = promisify(execFile);
const task = 'alpha';
const steps = 3;
const settings = {
  restSeconds: 0,
  lookAgainSeconds: 1,
  longestBackOffSeconds: 1,
  silentSeconds: 10,
};
/** How long to wait until `--list` says that the disk is full. */
const patienceMs = 40_000;

export async function playFullDisk(disk: FullDisk): Promise<PlayedDisk> {
  const filled = Promise.withResolvers<void>();
  const mayFill = Promise.withResolvers<void>();
  let isHeld = false;
  const worker = scriptedWorker({
    plans: () => ({
      steps: Array.from({ length: steps }, (_, index) => ({
        text: `Do part ${index + 1}`,
        phase: 'Parts',
        work: [command(`head -c 20000 /dev/urandom > part-${index + 1}.bin`)],
      })),
      stepsPerSession: 1,
      paceMs: 100,
    }),
  });
  const model = await startScriptedModel({
    answer: async (request) => {
      const asked = readAsked(request);
      if (!isHeld && asked?.step === 1 && asked.moment === 'work') {
        isHeld = true;
        mayFill.resolve();
        await filled.promise;
      }
      return worker(request);
    },
  });
  const place = await makeTrialWorld({
    codexHome: { url: model.url, streamMaxRetries: 1, requestMaxRetries: 1 },
    configuration: settings,
  });
  const mounts: string[] = [];
  try {
    const small = await mountSmall(disk, place, mounts);
    const terminal = openOnTerminal(place, [
      ...['--task-name', task, ...place.access, 'Do the alpha work'],
    ]);
    await mayFill.promise;
    const filler = join(small, 'filler');
    await fill(filler);
    filled.resolve();
    const said = await listenUntil(place, (line) => line.startsWith('needs you'));
    await rm(filler);
    await untilDone(place);
    terminal.close();
    await terminal.ended;
    const log = await readWholeLog(place.taskPath(task), {
      task,
      // A full disk may take only a part of a line.
      mayTear: () => true,
    });
    return {
      disk,
      said,
      ...(await countSteps(place)),
      outcomes: log.sessions.map(({ outcome }) => outcome),
      // The copy was made up for, whichever disk was full.
      breaches: [...log.breaches, ...(await unequalCopies(place, [log]))],
    };
  } finally {
    filled.resolve();
    await model.stop();
    for (const path of mounts.reverse()) await run('umount', ['--lazy', path]).catch(() => {});
    await place.end();
  }
}

/** Mounts it and returns the directory to fill. */
async function mountSmall(disk: FullDisk, place: TrialWorld, mounts: string[]): Promise<string> {
  const mount = async (path: string, ...args: readonly string[]): Promise<void> => {
    await mkdir(path, { recursive: true });
    await run('mount', [...args, path]);
    mounts.push(path);
  };
  const tmpfs = ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs'];
  switch (disk) {
    case 'log':
      await mount(place.taskPath(task), ...tmpfs);
      return place.taskPath(task);
    case 'state':
      await mount(place.state, ...tmpfs);
      return place.state;
    case 'project': {
      // The log is on another disk, which has free space.
      const roomy = join(place.directory, 'autonomous');
      await mkdir(roomy);
      await mount(place.project, ...tmpfs);
      await run('git', ['init', '--quiet', place.project]);
      await mount(join(place.project, '.autonomous'), '--bind', roomy);
      return place.project;
    }
    default:
      return disk satisfies never;
  }
}

/** Writes until not a single byte fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const size of [65_536, 4096, 1]) {
      const piece = Buffer.alloc(size, 'x');
      for (;;) {
        const { bytesWritten } = await file.write(piece);
        if (bytesWritten === 0) break;
      }
    }
  } catch {
    // The disk is full.
  } finally {
    await file.close();
  }
}

/** Collects what `--list` says, until it says what is expected. */
async function listenUntil(place: TrialWorld, isIt: (line: string) => boolean): Promise<string[]> {
  const said: string[] = [];
  const giveUpAt = performance.now() + patienceMs;
  while (performance.now() < giveUpAt) {
    const list = startInPipe(place, ['--list', '--json']);
    await list.ended;
    const now = lineOf(list.stdout());
    if (now !== null && said.at(-1) !== now) said.push(now);
    if (now !== null && isIt(now)) break;
    await delay(300);
  }
  return said;
}

function lineOf(stdout: string): string | null {
  try {
    const { tasks } = JSON.parse(stdout) as { tasks: { state: string; reason: string | null }[] };
    const [only] = tasks;
    return only === undefined ? null : [only.state, only.reason].filter(Boolean).join(': ');
  } catch {
    return null;
  }
}

/** Waits until all steps are ticked and the run has ended. */
async function untilDone(place: TrialWorld): Promise<void> {
  await listenUntil(place, (line) => line.startsWith('done') || line.startsWith('failed'));
}

async function countSteps(place: TrialWorld): Promise<{ done: number; total: number }> {
  const path = join(place.taskPath(task), 'task_list.md');
  const list = await readFile(path, 'utf8').catch(() => '');
  return {
    done: list.match(/^- \[x\]/gmu)?.length ?? 0,
    total: list.match(/^- \[[ x]\]/gmu)?.length ?? 0,
  };
}

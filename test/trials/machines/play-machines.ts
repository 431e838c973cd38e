// Machines that share tasks, each with a state, a home and a Codex of its own, on one computer. Each second a random one loses all
// of its processes, with kill -9. It is started again at once, or stays away for longer than a lease, so that another one goes
// on with its tasks. Then all go on until the tasks are done.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { command } from '../../../source/demo/responses-api.ts';
import type { Plan } from '../../../source/demo/plan.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';
import { startScriptedModel, type ScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import { NatsServer } from '../../helpers/hub/nats-server.ts';
import { endProcessesUnder } from '../../helpers/processes.ts';
import { until } from '../../helpers/until.ts';
import { startInPipe, type InPipe } from '../outside/program.ts';
import { seededRandom } from '../outside/random.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import { brokenMirrors } from './mirrored-logs.ts';
import { handOversIn, machineBreaches, type AskedBy, type TaskAtRemote } from './judge.ts';

type MachinesCall = {
  seed: number;
  machines: number;
  tasks: number;
  steps: number;
  /** For so long machines are killed. */
  killSeconds: number;
  say?: (line: string) => void;
};

export type PlayedMachines = {
  kills: number;
  sessions: number;
  handOvers: number;
  ms: number;
  breaches: readonly string[];
};

type Machine = { name: string; world: TrialWorld; model: ScriptedModel; worker: InPipe | null };

const patience = { timeoutMs: 900_000, everyMs: 1000 };
/** A machine that is gone is not followed by another before lease and margin are over; its Codex is ended with the lease. */
const leastGapMs = 4000;
/** Lease, margin, and some more. */
const awayMs = 70_000;
const fewestAtWork = 2;

export async function playMachines(call: MachinesCall): Promise<PlayedMachines> {
  const { seed, tasks, steps, killSeconds, say = () => {} } = call;
  const random = seededRandom(seed);
  const asked: AskedBy[] = [];
  const server = await NatsServer.start();
  const machines: Machine[] = [];
  // Each machine has some of the tasks.
  const places = Math.ceil(tasks / call.machines);
  const beganAt = performance.now();
  try {
    for (let number = 1; number <= call.machines; number++) {
      machines.push(await makeMachine(`machine-${number}`, { steps, asked, places }));
    }
    const [home] = machines as [Machine];
    const hub = ['--hub', server.url];
    const remote = withRemote(home.world);
    const names = Array.from({ length: tasks }, (_, index) => `task-${index + 1}`);
    for (const name of names) {
      const given = startInPipe(home.world, [...hub, '--task-name', name, `Build ${name}`]);
      if ((await given.ended).exitCode !== 0) throw new Error(given.stderr());
    }
    const begin = (machine: Machine): void => {
      const { world } = machine;
      machine.worker = startInPipe(world, ['--worker', ...hub, ...world.access]);
    };
    machines.forEach(begin);
    // Before there is work, a kill shows nothing.
    await until('a session works', () => asked.some(({ step }) => step > 0), patience);
    let kills = 0;
    const away = new Set<Machine>();
    const comeBack: Promise<void>[] = [];
    for (let second = 0; second < killSeconds; second++) {
      await delay(1000);
      const atWork = machines.filter((machine) => !away.has(machine));
      const victim = atWork[Math.floor(random.next() * atWork.length)]!;
      await endProcessesUnder(victim.world.directory);
      kills++;
      if (random.next() < 0.5 || atWork.length <= fewestAtWork) {
        begin(victim);
        continue;
      }
      away.add(victim);
      comeBack.push(
        delay(awayMs).then(() => {
          away.delete(victim);
          begin(victim);
        }),
      );
    }
    await Promise.all(comeBack);
    say(`${kills} kills, ${asked.length} questions so far`);
    const list = async (): Promise<string> => {
      const one = startInPipe(home.world, hub);
      await one.ended;
      return one.stdout();
    };
    await until(
      'all tasks are done',
      async () => ((await list()).match(/^ {2}✓/gm) ?? []).length === tasks,
      patience,
    ).catch((error: unknown) => say(String(error)));
    const sessions = new Set(
      asked.map(({ machine, task, session }) => `${machine} ${task} ${session}`),
    );
    const found = names.map((name) => atRemote(remote, name));
    const homes = machines.map(({ world }) => stateHome(world.env));
    const mirrors = { hub: server.url, homes, directory: home.world.directory };
    return {
      ...{ kills, sessions: sessions.size, handOvers: handOversIn(asked).length },
      ms: performance.now() - beganAt,
      breaches: [
        ...machineBreaches({ asked, remote: found, steps, leastGapMs }),
        ...(await brokenMirrors(mirrors)),
      ],
    };
  } finally {
    for (const { world, model } of machines) {
      await endProcessesUnder(world.directory);
      await model.stop();
      await world.end();
    }
    await server.remove();
  }
}

async function makeMachine(
  name: string,
  { steps, asked, places }: { steps: number; asked: AskedBy[]; places: number },
): Promise<Machine> {
  const model = await startScriptedModel({
    answer: scriptedWorker({ plans: () => planOf(steps) }),
    onRequest: ({ prompt }) => {
      const reading = readPrompt(prompt);
      if ('missing' in reading) return;
      const { taskName: task, session, nextStep } = reading;
      const step = nextStep?.number ?? 0;
      asked.push({ at: performance.now(), machine: name, task, session, step });
    },
  });
  const world = await makeTrialWorld({
    codexHome: { url: model.url, shellSnapshot: false },
    configuration: { restSeconds: 0, sessionsAtOnce: places },
  });
  return { name, world, model, worker: null };
}

function planOf(steps: number): Plan {
  const numbers = Array.from({ length: steps }, (_, index) => index + 1);
  return {
    steps: numbers.map((number) => ({
      text: `Do part ${number}`,
      phase: 'Parts',
      work: [command(`echo "part ${number}" >> parts.txt`)],
    })),
    stepsPerSession: 1,
    paceMs: 0,
  };
}

function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A remote beside the machines, which has the project's first commit. */
function withRemote({ directory, project }: TrialWorld): string {
  const remote = join(directory, 'remote.git');
  const who = ['-c', 'user.name=U', '-c', 'user.email=u@localhost'];
  git(project, ...who, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(directory, 'clone', '-q', '--bare', project, remote);
  git(project, 'remote', 'add', 'origin', `file://${remote}`);
  git(project, 'fetch', '-q', 'origin');
  return remote;
}

function atRemote(remote: string, task: string): TaskAtRemote {
  const refs = git(remote, 'for-each-ref', '--format=%(refname)', 'refs/autonomous/').split('\n');
  const show = (ref: string, path: string): string | null => {
    try {
      return git(remote, 'show', `${ref}:${path}`);
    } catch {
      return null;
    }
  };
  for (const ref of refs.filter((one) => one.endsWith('/work'))) {
    const list = show(ref, `.autonomous/${task}/task_list.md`);
    if (list === null) continue;
    const boxes = list.match(/^\s*- \[[ x]\]/gm) ?? [];
    const ticked = boxes.filter((box) => box.includes('x')).length;
    const lines = (show(ref, 'parts.txt') ?? '').split('\n');
    return { task, ticked, total: boxes.length, lines };
  }
  return { task, ticked: 0, total: 0, lines: [] };
}

// Machines that share tasks over a real nats-server on loopback: each has a worker, and a runner of one task whose Codex waits
// for the model for ever. One more has none, and looks on.

import { appendFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';
import { command } from '../../../source/demo/responses-api.ts';
import { startScriptedModel, type Answer } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { sentLogFile, statesWithSentLog } from '../../../source/system/hub/logs/sent-log-file.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import { NatsServer } from '../../../test/helpers/hub/nats-server.ts';
import { withRemote } from '../../../test/helpers/hub/project-remote.ts';
import { until } from '../../../test/helpers/until.ts';
import { startInPipe } from '../../../test/trials/outside/program.ts';
import { makeTrialWorld, type TrialWorld } from '../../../test/trials/outside/trial-world.ts';
import { taskName, type Project } from '../project.ts';

type Opened = Pick<Project, 'path' | 'env'>;

export type HubMachines = {
  url: string;
  /** Of the machine that looks on. */
  viewer: Opened;
  /** Where the owner of a task has it. */
  owner(task: string): Opened;
  /** To the session.log that the owner's runner sends to the hub. */
  appendLog(task: string, lines: readonly string[]): void;
  /** The same in the file that the owner's Codex writes into. */
  appendOutput(task: string, lines: readonly string[]): void;
  end(): Promise<void>;
};

type Owned = { project: Opened; log: string; output: string };

/** One task for each machine: `taskName(0)` and so on. */
export async function startHubMachines(count: number): Promise<HubMachines> {
  const planner = planningModel();
  const model = await startScriptedModel(planner);
  const server = await NatsServer.start();
  const worlds: TrialWorld[] = [];
  const end = async (): Promise<void> => {
    for (const world of worlds) await world.end();
    await server.remove();
    await model.stop();
  };
  const makeWorld = async (): Promise<TrialWorld> => {
    const world = await makeTrialWorld({
      codexHome: { url: model.url, shellSnapshot: false },
      configuration: { restSeconds: 0, sessionsAtOnce: 1 },
    });
    worlds.push(world);
    return world;
  };
  const hub = ['--hub', server.url];
  try {
    const viewer = await makeWorld();
    withRemote(viewer);
    for (let number = 0; number < count; number++) {
      const words = ['--task-name', taskName(number), `Do part ${number}`];
      const given = startInPipe(viewer, [...hub, ...words]);
      if ((await given.ended).exitCode !== 0) throw new Error(given.stderr());
      const machine = await makeWorld();
      startInPipe(machine, ['--worker', ...hub, ...machine.access]);
    }
    await until('each Codex thinks', () => planner.thinking() === count, { timeoutMs: 120_000 });
    const tasks = new Map(await Promise.all(worlds.slice(1).map(ownedBy)));
    const owned = (task: string): Owned => {
      const found = tasks.get(task);
      if (found === undefined) throw new Error(`No machine has ${task}`);
      return found;
    };
    return {
      url: server.url,
      viewer: { path: viewer.project, env: { ...viewer.env } },
      owner: (task) => owned(task).project,
      appendLog: (task, lines) => appendFileSync(owned(task).log, `${lines.join('\n')}\n`),
      appendOutput: (task, lines) => appendFileSync(owned(task).output, `${lines.join('\n')}\n`),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const planned = scriptedWorker({
  plans: () => ({
    steps: Array.from({ length: 25 }, (_, step) => ({
      text: `Step ${step + 1}: do what the plan says`,
      phase: 'Phase 1',
      work: [command('true')],
    })),
    stepsPerSession: 1,
    paceMs: 0,
  }),
});

/** It answers who plans, and keeps waiting who works. */
function planningModel() {
  let thinking = 0;
  return {
    thinking: () => thinking,
    answer: (request: ModelRequest): Answer | Promise<Answer> => {
      const reading = readPrompt(request.prompt);
      if ('missing' in reading || reading.role === 'initializer') return planned(request);
      thinking++;
      return new Promise(() => {});
    },
  };
}

/** Which log a machine sends, as its runner has recorded it. */
async function ownedBy(world: TrialWorld): Promise<[string, Owned]> {
  const [state = ''] = await statesWithSentLog(stateHome(world.env));
  const log = (await sentLogFile(state).read())?.log;
  if (log === undefined) throw new Error('A machine sends no log');
  const output = await until('one session is left', () => {
    const outputs = readdirSync(state).filter((name) => /^live-[^/]+\.jsonl$/u.test(name));
    return outputs.length === 1 ? join(state, outputs[0] ?? '') : null;
  });
  const directory = dirname(log);
  const project = { path: dirname(dirname(directory)), env: { ...world.env } };
  return [basename(directory), { project, log, output }];
}

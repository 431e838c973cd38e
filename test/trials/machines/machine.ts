// One machine of the trial: a state, a home, and a Codex of its own, with a worker. What befalls it befalls all of its processes.

import { command } from '../../../source/demo/responses-api.ts';
import type { Plan } from '../../../source/demo/plan.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';
import { startScriptedModel, type ScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { endProcessesUnder, processesUnder } from '../../helpers/processes.ts';
import { startInPipe } from '../outside/program.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import type { AskedBy } from './judge.ts';
import type { LinkedHost, Network } from './network.ts';

export type Machine = {
  name: string;
  world: TrialWorld;
  begin(): void;
  /** All of its processes are gone, as if it had lost its power. */
  kill(): Promise<void>;
  /** All of its processes stand still, as if it slept. */
  freeze(): void;
  wake(): void;
  /** Null where all machines are in one network. */
  host: LinkedHost | null;
  end(): Promise<void>;
};

type Making = {
  hub: readonly string[];
  steps: number;
  asked: AskedBy[];
  places: number;
  network: Network | null;
  host: LinkedHost | null;
};

export async function makeMachine(
  name: string,
  { hub, steps, asked, places, network, host }: Making,
): Promise<Machine> {
  const model: ScriptedModel = await startScriptedModel({
    answer: scriptedWorker({ plans: () => planOf(steps) }),
    onRequest: ({ prompt }) => {
      const reading = readPrompt(prompt);
      if ('missing' in reading) return;
      const { taskName: task, session, nextStep } = reading;
      const step = nextStep?.number ?? 0;
      asked.push({ at: performance.now(), machine: name, task, session, step });
    },
  });
  const url = new URL(model.url);
  if (network !== null) url.host = await network.reached(Number(url.port));
  const world = await makeTrialWorld({
    codexHome: { url: url.href, shellSnapshot: false },
    configuration: { restSeconds: 0, sessionsAtOnce: places },
  });
  const signal = (what: NodeJS.Signals): void => {
    for (const { pid } of processesUnder(world.directory)) {
      try {
        process.kill(pid, what);
      } catch {
        // It has ended.
      }
    }
  };
  return {
    ...{ name, world, host },
    begin: () => {
      startInPipe(world, ['--worker', ...hub, ...world.access], host?.through);
    },
    kill: () => endProcessesUnder(world.directory),
    freeze: () => signal('SIGSTOP'),
    wake: () => signal('SIGCONT'),
    end: async () => {
      await endProcessesUnder(world.directory);
      await model.stop();
      await world.end();
    },
  };
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
    paceMs: 500,
  };
}

// Says words to a running task and kills with kill -9, at a random moment between saying and telling: the runner, the
// dashboard, both, or the program that says it. Dashboards recover the run; one that lost its runner too often for that is
// continued, as the user would.

import { setTimeout as delay } from 'node:timers/promises';
import { command } from '../../../source/demo/responses-api.ts';
import type { Plan } from '../../../source/demo/plan.ts';
import { readPrompt } from '../../../source/demo/read-prompt.ts';
import { startScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { until } from '../../helpers/until.ts';
import { openOnTerminal, startInPipe, type OnTerminal } from '../outside/program.ts';
import { watchProcesses } from '../outside/process-watch.ts';
import { seededRandom } from '../outside/random.ts';
import { makeTrialWorld } from '../outside/trial-world.ts';
import { judgeTold, type KeptWord, type SentPrompt } from './judge-told.ts';

type ToldCall = { seed: number; kills: number; say?: (line: string) => void };

export type Told = {
  kills: ReadonlyMap<string, number>;
  ms: number;
  said: number;
  told: number;
  waiting: number;
  /** Their dashboard or program died before it had kept them. */
  unsaid: number;
  sessions: number;
  breaches: readonly string[];
};

const task = 'shop';
const victims = ['runner', 'runner', 'dashboard', 'runner and dashboard', 'teller'] as const;
/** As long as a short session: the kill comes before it, in it, or after it. */
const longestWaitMs = 1500;
const patience = { timeoutMs: 120_000 };

export async function playTold({ seed, kills, say = () => {} }: ToldCall): Promise<Told> {
  const random = seededRandom(seed);
  const sent: SentPrompt[] = [];
  const worker = scriptedWorker({ plans: () => plan(10 * kills) });
  const model = await startScriptedModel({
    answer: worker,
    onRequest: ({ prompt }) => {
      const reading = readPrompt(prompt);
      if ('missing' in reading || sent.some((one) => one.prompt === prompt)) return;
      sent.push({ session: reading.session, prompt });
    },
  });
  const place = await makeTrialWorld({
    codexHome: { url: model.url, shellSnapshot: false },
    configuration: { restSeconds: 0, checkpoints: 'off', interruptGraceSeconds: 5 },
  });
  const watch = watchProcesses(place.directory, 50);
  const counts = new Map<string, number>();
  const promised: string[] = [];
  const dashboards: OnTerminal[] = [];
  const beganAt = performance.now();

  const opened = async (args: readonly string[] = []): Promise<OnTerminal> => {
    const last = dashboards.at(-1);
    if (last?.isOpen() === true) return last;
    const one = openOnTerminal(place, args);
    dashboards.push(one);
    await until('the dashboard is drawn', () => one.lastWords().includes('help'), patience);
    return one;
  };
  const runner = (): number | null => {
    watch.look();
    return watch.living('runner').find((one) => one.task === task)?.pid ?? null;
  };
  /** A dashboard recovers the run within some seconds. */
  const someRunner = async (): Promise<number> => {
    const since = performance.now();
    return until(
      'a runner lives',
      async () => {
        const pid = runner();
        if (pid !== null || performance.now() - since < 8000) return pid;
        await startInPipe(place, ['--background', '--task-name', task, '--continue']).ended;
        return runner();
      },
      patience,
    );
  };
  const kept = async (): Promise<KeptWord[]> => {
    const list = startInPipe(place, ['--list', '--json']);
    await list.ended;
    const { tasks } = JSON.parse(list.stdout()) as { tasks: { guidance: KeptWord[] }[] };
    return [...(tasks[0]?.guidance ?? [])];
  };
  const kill = (pid: number | null | undefined): boolean => {
    if (pid == null) return false;
    try {
      process.kill(pid, 'SIGKILL');
      return true;
    } catch {
      return false;
    }
  };

  const sayWord = async (word: string): Promise<number> => {
    const isUrgent = random.next() < 0.25;
    if (random.next() < 0.5) {
      const one = await opened();
      one.press('>');
      await delay(100);
      one.press(word);
      await delay(100);
      one.press(isUrgent ? '\t' : '\r');
      return one.pid;
    }
    const now = isUrgent ? ['--now'] : [];
    const teller = startInPipe(place, ['--task-name', task, '--tell', word, ...now]);
    void teller.ended.then(({ exitCode }) => {
      if (exitCode === 0) promised.push(word);
    });
    return teller.pid;
  };

  try {
    await opened(['--task-name', task, ...place.access, 'Do the work']);
    await until('a session works', () => sent.some(({ session }) => session > 1), patience);
    let count = 0;
    let number = 0;
    while (count < kills) {
      number += 1;
      await opened();
      await someRunner();
      const teller = await sayWord(`word-${number}`);
      await delay(random.between(0, longestWaitMs));
      const victim = random.pick(victims);
      const dashboard = dashboards.at(-1);
      const pids = [
        ...(victim.includes('runner') ? [runner()] : []),
        ...(victim.includes('dashboard') ? [dashboard?.pid] : []),
        ...(victim === 'teller' ? [teller] : []),
      ];
      if (pids.filter(kill).length === 0) continue;
      if (pids.includes(dashboard?.pid)) await dashboard?.ended;
      count += 1;
      counts.set(victim, (counts.get(victim) ?? 0) + 1);
      if (count % 10 === 0) say(`${count} kills, ${sent.length} sessions`);
    }
    await opened();
    await until(
      'nothing waits any more',
      async () => {
        await someRunner();
        return isTold(await kept());
      },
      patience,
    ).catch(() => null);
    const all = await kept();
    const told = all.filter((one) => one.told !== null).length;
    return {
      kills: counts,
      ms: performance.now() - beganAt,
      said: all.length,
      told,
      waiting: all.length - told,
      unsaid: number - all.length,
      sessions: sent.length,
      breaches: judgeTold({ kept: all, promised, sent }),
    };
  } finally {
    watch.stop();
    dashboards.at(-1)?.close();
    await model.stop();
    await place.end();
  }
}

function isTold(kept: readonly KeptWord[]): boolean {
  return kept.every(({ told }) => told !== null);
}

function plan(steps: number): Plan {
  return {
    steps: Array.from({ length: steps }, (_, index) => ({
      text: `Do part ${index + 1}`,
      phase: 'Parts',
      work: [command(`echo "part ${index + 1}" >> parts.txt`)],
    })),
    stepsPerSession: 1,
    paceMs: 40,
  };
}

// A runner beside a Codex that thinks: what it costs to be there all night.

import { setTimeout as delay } from 'node:timers/promises';
import { startScriptedModel } from '../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../source/demo/scripted-worker.ts';
import { makePlace } from '../../test/outside/place.ts';
import { watchProcesses } from '../../test/outside/process-watch.ts';
import { openOnTerminal } from '../../test/outside/program.ts';
import { costOf } from '../lib/process-cost.ts';
import type { Row, Sides, Size } from '../lib/row.ts';

export const runnerRows: readonly Row[] = [
  {
    name: 'runner-memory',
    what: 'a runner: resident memory',
    unit: 'MiB',
    goal: { kind: 'at most', value: 60 },
    rounds: { whole: 3, short: 1 },
    open: (size) => open(size, 'memory'),
  },
  {
    name: 'runner-cpu',
    what: 'a runner whose Codex thinks: CPU',
    unit: '% of a core',
    goal: { kind: 'at most', value: 0.3 },
    rounds: { whole: 3, short: 1 },
    isInShort: false,
    open: (size) => open(size, 'cpu'),
  },
];

async function open(size: Size, what: 'memory' | 'cpu'): Promise<Sides> {
  const worker = scriptedWorker({
    plans: () => ({
      steps: [{ text: 'Do it', phase: 'All', work: [] }],
      stepsPerSession: 1,
      paceMs: 0,
    }),
  });
  const asked = Promise.withResolvers<void>();
  const model = await startScriptedModel({
    answer: async (request) => {
      asked.resolve();
      await new Promise(() => {});
      return worker(request);
    },
  });
  const place = await makePlace({ codexHome: { url: model.url }, configuration: {} });
  const watch = watchProcesses(place.directory);
  const terminal = openOnTerminal(place, ['--task-name', 'alpha', ...place.access, 'Do alpha']);
  await asked.promise;
  watch.look();
  const runner = watch.living('runner')[0];
  if (runner === undefined) throw new Error('there is no runner');
  terminal.close();
  await terminal.ended;
  // What a start leaves behind is collected by then.
  await delay(size === 'whole' ? 5000 : 1000);
  return {
    ours: async () => {
      if (what === 'memory') return costOf(runner.pid).rssMiB;
      const [before, began] = [costOf(runner.pid).cpuMs, performance.now()];
      await delay(10_000);
      return (costOf(runner.pid).cpuMs - before) / ((performance.now() - began) / 100);
    },
    end: async () => {
      watch.stop();
      await model.stop();
      await place.end();
    },
  };
}

// Real runners of real tasks, each with a Codex that waits for the model for ever.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startScriptedModel } from '../../source/demo/scripted-model.ts';
import { makeTrialWorld } from '../../test/trials/outside/trial-world.ts';
import { watchProcesses } from '../../test/trials/outside/process-watch.ts';
import { openOnTerminal } from '../../test/trials/outside/program.ts';
import { until } from '../../test/helpers/until.ts';
import type { Project } from './project.ts';

export type Runners = {
  pids: readonly number[];
  project: Pick<Project, 'path' | 'env'>;
  /** The files that their Codex write into. */
  outputs: readonly string[];
  end(): Promise<void>;
};

export async function startRunners(count: number): Promise<Runners> {
  let asked = 0;
  const model = await startScriptedModel({
    answer: () => {
      asked++;
      return new Promise(() => {});
    },
  });
  const place = await makeTrialWorld({
    codexHome: { url: model.url },
    configuration: { sessionsAtOnce: count },
  });
  const watch = watchProcesses(place.directory);
  for (let number = 1; number <= count; number++) {
    const args = ['--task-name', `task-${number}`, ...place.access, `Do part ${number}`];
    const terminal = openOnTerminal(place, args);
    await until(`Codex ${number} thinks`, () => asked >= number);
    terminal.close();
    await terminal.ended;
  }
  watch.look();
  const pids = watch.living('runner').map(({ pid }) => pid);
  if (pids.length !== count) throw new Error(`${pids.length} runners instead of ${count}`);
  return {
    pids,
    project: { path: place.project, env: place.env },
    outputs: readdirSync(place.state, { recursive: true, encoding: 'utf8' })
      .filter((name) => /live-[^/]+\.jsonl$/u.test(name))
      .map((name) => join(place.state, name)),
    end: async () => {
      watch.stop();
      await model.stop();
      await place.end();
    },
  };
}

// Another task in the same project whose only session lasts until it is ended: what changes in the files meanwhile
// may be its work.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { message } from '../../../source/demo/responses-api.ts';
import { startInPipe } from '../outside/program.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import type { Minds } from './play-agent.ts';

export async function keepBusy(
  world: TrialWorld,
  { project, task, minds }: { project: string; task: string; minds: Minds },
): Promise<{ end(): Promise<void> }> {
  const path = join(project, '.autonomous', task);
  await mkdir(path, { recursive: true, mode: 0o700 });
  await writeFile(join(path, 'task_list.md'), '- [ ] Think\n');
  await writeFile(join(path, 'progress.md'), '# Progress\n');
  const asked = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  minds.set(task, async () => {
    asked.resolve();
    await over.promise;
    return { kind: 'items', items: [message('I have thought.')] };
  });
  const program = startInPipe({ ...world, project }, [
    ...['--headless', '--json', '--task-name', task, '--continue', '--no-auto-continue'],
    ...world.access,
  ]);
  await Promise.race([asked.promise, program.ended]);
  return {
    end: async () => {
      over.resolve();
      await program.ended;
      minds.delete(task);
    },
  };
}

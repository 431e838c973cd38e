// Several projects with one state home: two with a task of the same name, and one that was deleted.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateDirectory } from '../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../source/system/state/task-directory.ts';
import { recordWith } from './run-records.ts';

export type ProjectsWorld = {
  home: string;
  /** The real path of a project. */
  project(name: string): string;
  /** A task with its list and the record of an ended run. */
  ran(project: string, task: string, list?: string): Promise<void>;
  remove(): void;
};

export function projectsWorld(): ProjectsWorld {
  const root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'projects-')));
  const home = join(root, 'state');
  const project = (name: string): string => join(root, name);
  return {
    home,
    project,
    ran: async (name, task, list = '- [x] Begin\n- [ ] Go on\n') => {
      const path = project(name);
      fs.mkdirSync(join(path, '.autonomous', task), { recursive: true });
      fs.writeFileSync(join(path, '.autonomous', task, 'task_list.md'), list);
      const state = stateDirectory(home, path, task);
      await state.make();
      const directory = (await taskDirectory(path, task).identity())!;
      const ending = { kind: 'paused', sentence: '', at: 0 } as const;
      await state.writeRecord(recordWith({ run: `run-${name}`, directory, ending }));
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

/** `docs` in `shop` and in `blog`, and `old` that is gone. */
export async function twinProjects(): Promise<ProjectsWorld> {
  const world = projectsWorld();
  await world.ran('shop', 'docs');
  await world.ran('blog', 'docs', '- [x] Begin\n- [x] Go on\n- [ ] End\n');
  await world.ran('old', 'site');
  fs.rmSync(world.project('old'), { recursive: true });
  return world;
}

import { mkdirSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listOfAll } from '../../../source/cli/commands/list-all-command.ts';
import { notThere } from '../../../source/system/projects/known-projects.ts';
import { projectsWorld, twinProjects, type ProjectsWorld } from '../../helpers/projects-world.ts';

let world: ProjectsWorld;

beforeEach(async () => {
  world = await twinProjects();
});

afterEach(() => world.remove());

const pathsOf = (name: string) => ({ home: world.home, project: world.project(name) });

describe('the list of all projects', () => {
  test('has the tasks below their project, and names a project that is gone', async () => {
    const text = await listOfAll(pathsOf('shop'), 'text');
    const [head, ...bodies] = text.split('\n\n');
    expect(head).toContain('AUTONOMOUS TASKS');
    expect(bodies).toEqual([
      `${world.project('shop')}\n  ○ docs (1/2 - 50%) · paused`,
      `${world.project('blog')}\n  ○ docs (2/3 - 66%) · paused`,
      `${world.project('old')} (${notThere})\n`,
    ]);
  });

  test('as JSON says of each task which project it is of', async () => {
    const json = JSON.parse(await listOfAll(pathsOf('blog'), 'JSON')) as {
      version: number;
      projects: unknown;
      tasks: { project: string; name: string; done: number; guidance: unknown }[];
    };
    expect(json.version).toBe(1);
    expect(json.projects).toEqual([
      { project: world.project('blog'), problem: null },
      { project: world.project('old'), problem: notThere },
      { project: world.project('shop'), problem: null },
    ]);
    expect(json.tasks).toEqual([
      expect.objectContaining({ project: world.project('blog'), name: 'docs', done: 2 }),
      expect.objectContaining({ project: world.project('shop'), name: 'docs', done: 1 }),
    ]);
    expect(json.tasks[0]?.guidance).toEqual([]);
  });

  test('leaves out a project without tasks, and says so if there are none at all', async () => {
    mkdirSync(world.project('new'));
    expect(await listOfAll(pathsOf('new'), 'text')).not.toContain(world.project('new'));
    const empty = projectsWorld();
    mkdirSync(empty.project('new'));
    const paths = { home: empty.home, project: empty.project('new') };
    expect(await listOfAll(paths, 'text')).toContain('No tasks yet in any project known here');
    expect(JSON.parse(await listOfAll(paths, 'JSON'))).toMatchObject({ projects: [], tasks: [] });
    empty.remove();
  });

  test('changes nothing on the disk', async () => {
    const before = readdirSync(world.home, { recursive: true });
    await listOfAll(pathsOf('shop'), 'JSON');
    expect(readdirSync(world.home, { recursive: true })).toEqual(before);
  });
});

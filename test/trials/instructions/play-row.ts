// Plays one row: a repository with AGENTS.md at its root and in a subdirectory, and two headless runs of our program on the
// real Codex, one session each, the second in the conversation of the first. Returns how often the model got each file.

import { execFile } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { codexConfiguration } from '../../../source/demo/codex-home.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { command } from '../../../source/demo/responses-api.ts';
import { startScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { startInPipe } from '../outside/program.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import type { InstructionsRow, Place } from './rows.ts';

const run = promisify(execFile);

const rootWords = 'Use tabs in the whole shop.';
const subWords = 'Use spaces in the cellar.';

/** How often the words of a file were in what the model got. */
export type Reached = { root: number; sub: number };

export type PlayedInstructions = { fresh: Reached; resumed: Reached };

export async function playInstructions(
  world: TrialWorld,
  row: InstructionsRow,
  index: number,
): Promise<PlayedInstructions> {
  const directory = join(world.directory, `row-${index + 1}`);
  const { repository, project } = await makeProject(directory, row.place);
  const first: ModelRequest[] = [];
  const worker = scriptedWorker({ plans: () => plan });
  const model = await startScriptedModel({
    answer: (request) => {
      if (request.toolOutputs.length === 0) first.push(request);
      return worker(request);
    },
  });
  try {
    const env = {
      ...world.env,
      CODEX_HOME: await writeHome(directory, { url: model.url, repository, row }),
      XDG_CONFIG_HOME: await writeSettings(directory, row),
    };
    const session = async (...args: string[]): Promise<Reached> => {
      first.length = 0;
      const program = startInPipe({ ...world, project, env }, [
        ...['--headless', '--no-auto-continue', '--task-name', 'shop', ...args],
        ...world.access,
      ]);
      await program.ended;
      const [request, ...others] = first;
      if (request === undefined || others.length > 0) {
        throw new Error(`${first.length} sessions: ${program.stdout()}${program.stderr()}`);
      }
      return reached(request);
    };
    return {
      fresh: await session('Build a shop'),
      resumed: await session('--continue', '--resume-last'),
    };
  } finally {
    await model.stop();
  }
}

const plan = {
  steps: [1, 2].map((step) => ({
    text: `Do part ${step}`,
    phase: 'Parts',
    work: [command(`echo "part ${step}" >> parts.txt`)],
  })),
  stepsPerSession: 1,
  paceMs: 0,
};

function reached({ items }: ModelRequest): Reached {
  const text = JSON.stringify(items);
  return { root: text.split(rootWords).length - 1, sub: text.split(subWords).length - 1 };
}

async function makeProject(
  directory: string,
  place: Place,
): Promise<{ repository: string; project: string }> {
  const repository = join(directory, 'shop');
  await mkdir(join(repository, 'sub'), { recursive: true });
  await writeFile(join(repository, 'AGENTS.md'), `${rootWords}\n`);
  await writeFile(join(repository, 'sub', 'AGENTS.md'), `${subWords}\n`);
  const git = (...words: string[]): Promise<unknown> =>
    run('git', ['-c', 'user.name=me', '-c', 'user.email=me@home', ...words], { cwd: repository });
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Begin');
  const tree = join(directory, 'tree');
  await git('worktree', 'add', '--quiet', tree);
  const start = place.includes('worktree') ? tree : repository;
  const project = place.includes('subdirectory') ? join(start, 'sub') : start;
  return { repository: await realpath(repository), project };
}

async function writeHome(
  directory: string,
  { url, repository, row: { trust } }: { url: string; repository: string; row: InstructionsRow },
): Promise<string> {
  const home = join(directory, 'codex-home');
  await mkdir(home, { mode: 0o700 });
  const entry =
    trust === 'not mentioned'
      ? []
      : [`[projects.${JSON.stringify(repository)}]`, `trust_level = "${trust}"`, ''];
  await writeFile(join(home, 'config.toml'), [codexConfiguration({ url }), ...entry].join('\n'));
  return home;
}

async function writeSettings(directory: string, { setting }: InstructionsRow): Promise<string> {
  const path = join(directory, 'config', 'autonomous-tui', 'config.json');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify({ restSeconds: 0, projectCodexConfig: setting }));
  return join(directory, 'config');
}

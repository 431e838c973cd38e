// Plays one agent: a task in a project of its own, a headless run of our program with the real Codex, and a model that
// does what the agent's record says. Returns what was found, and what each session was told.

import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { itemsToSayNow } from '../../../source/demo/scripted-worker.ts';
import { message, type ModelItem } from '../../../source/demo/responses-api.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import type { Answer } from '../../../source/demo/scripted-model.ts';
import { stateDirectory } from '../../../source/system/state/state-directory.ts';
import { taskDirectory } from '../../../source/system/state/task-directory.ts';
import { stateHome } from '../../../source/system/state/state-files.ts';
import { startInPipe, type InPipe } from '../outside/program.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import { listPatch, placeholders, threeSteps, type Act, type Agent } from './agent.ts';
import { keepBusy } from './busy-neighbour.ts';
import { holdReview, verdictOf, type HeldReview } from './scripted-reviewer.ts';

export type PlayedAgent = {
  /** The run's sentences, oldest first. */
  notes: readonly string[];
  /** The notes in the prompt of each session, by its number. */
  told: ReadonlyMap<number, readonly string[]>;
  /** What is unproven in the end: step and reason. */
  unproven: readonly string[];
  /** `done`, `stopped`, `failed`. */
  ending: string;
  sentence: string | null;
  /** The list in the end, and as the agent and the user left it. */
  list: string;
  left: string;
  /** What its Reviewers were shown and found, oldest first. */
  reviews: readonly HeldReview[];
  /** What the task's report says, where the agent is one that only a review finds. */
  report: string;
  stdout: string;
  stderr: string;
};

/** One for each task: answers its requests. */
export type Minds = Map<string, (request: ModelRequest) => Promise<Answer>>;

const patienceMs = 300_000;
const mostReviews = 3;
/** A user takes a moment before and after an edit. */
const momentMs = 1500;

const projectFiles: Readonly<Record<string, string>> = {
  '.gitignore': 'dist/\n',
  'README.md': '# A project\n',
  'src/sum.sh': 'echo $(($1 + $2))\n',
  'tests/sum.sh': '[ "$(sh src/sum.sh 1 2)" = 3 ]\n',
  'test.sh': 'for file in tests/*.sh; do sh "$file" || { echo "$file fails"; exit 1; }; done\n',
};

export async function playAgent(
  world: TrialWorld,
  agent: Agent,
  { task, minds, isReviewed }: { task: string; minds: Minds; isReviewed: boolean },
): Promise<PlayedAgent> {
  const reviewer = agent.is === 'liar' && typeof agent.found === 'function' ? agent.found : null;
  const project = join(world.directory, task);
  const taskPath = join(project, '.autonomous', task);
  const listPath = join(taskPath, 'task_list.md');
  await makeProject(project, agent);
  await mkdir(taskPath, { recursive: true, mode: 0o700 });
  await writeFile(listPath, agent.list ?? threeSteps);
  await writeFile(join(taskPath, 'progress.md'), '# Progress\n');
  if (agent.goal !== undefined) {
    await taskDirectory(project, task).writeDescription(agent.goal, new Date());
  }

  const reviews: HeldReview[] = [];
  const told = new Map<number, readonly string[]>();
  let left = agent.list ?? threeSteps;
  const read = (): Promise<string> => readFile(listPath, 'utf8').catch(() => '');
  const hands = {
    overwrites: async (change: (list: string) => string) => {
      await writeFile(listPath, change(await read()));
    },
    replaces: async (change: (list: string) => string) => {
      await writeFile(`${listPath}.new`, change(await read()));
      await rename(`${listPath}.new`, listPath);
    },
    changesFile: (path: string, text: string) => writeFile(join(project, path), text),
  };
  const acted = new Set<string>();
  const aside: Promise<void>[] = [];
  minds.set(task, async (request) => {
    const review = reviewer === null ? null : holdReview(request.prompt, reviewer);
    if (review !== null) {
      reviews.push(review);
      return { kind: 'items', items: verdictOf(review) };
    }
    const session = Number(/^Role: \w+ \(session (\d+)\)/mu.exec(request.prompt)?.[1] ?? 0);
    told.set(session, notesIn(request.prompt));
    // A Reviewer's session has a number, too: the script goes on in the next one that works.
    const script = agent.sessions[told.size - 1] ?? [message('I look at what is left.')];
    const done = request.toolOutputs.length;
    const key = `${session} ${done}`;
    if (!acted.has(key)) {
      acted.add(key);
      for (const act of userActs(script, done)) {
        const acts = delay(momentMs).then(() => act.does(hands));
        if (act.meanwhile) aside.push(acts);
        else await acts.then(() => delay(momentMs));
      }
    }
    const items = itemsToSayNow(await itemsOf(script, { task, listPath }), request.toolOutputs);
    left = await read();
    return { kind: 'items', items };
  });

  const neighbour =
    agent.beside === true
      ? await keepBusy(world, { project, task: `${task}-neighbour`, minds })
      : null;
  const env = { ...world.env, ...(agent.between === undefined ? null : await restful(world)) };
  const started = startInPipe({ ...world, project, env }, [
    ...['--headless', '--json', '--task-name', task, '--continue'],
    ...['--max-sessions', String(agent.sessions.length + (isReviewed ? mostReviews : 0) + 1)],
    ...(isReviewed ? ['--review'] : []),
    ...(agent.checks ?? []).flatMap((check) => ['--check', check]),
    ...new Set([...(agent.options ?? []), ...world.access]),
  ]);
  const impatience = setTimeout(() => process.kill(started.pid, 'SIGKILL'), patienceMs);
  const meanwhile = betweenSessions(started, agent, async (does) => {
    await does(hands);
    left = await read();
  });
  await started.ended;
  clearTimeout(impatience);
  await Promise.all([meanwhile, ...aside]);
  await neighbour?.end();
  minds.delete(task);
  const lines = started
    .stdout()
    .split('\n')
    .filter((line) => line !== '');
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const ended = events.findLast(({ type }) => type === 'ended');
  return {
    notes: events.flatMap(({ type, sentence }) => (type === 'note' ? [String(sentence)] : [])),
    told,
    unproven: await unprovenIn(world, { project, task }),
    ending: (ended?.['ending'] ?? 'none') as string,
    sentence: (ended?.['sentence'] ?? null) as string | null,
    list: await read(),
    left,
    reviews,
    report: reviewer === null ? '' : await reportOf({ ...world, project }, task),
    stdout: started.stdout(),
    stderr: started.stderr(),
  };
}

async function reportOf(place: Parameters<typeof startInPipe>[0], task: string): Promise<string> {
  const program = startInPipe(place, ['--report', '--task-name', task]);
  await program.ended;
  return program.stdout();
}

async function makeProject(project: string, { files = {}, git }: Agent): Promise<void> {
  for (const [path, text] of Object.entries({ ...projectFiles, ...files })) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  if (git === false) return;
  const run = promisify(execFile);
  await run('git', ['init', '--quiet', project]);
  await run('git', ['-C', project, 'add', '.']);
  const author = ['-c', 'user.name=User', '-c', 'user.email=user@example.com'];
  await run('git', ['-C', project, ...author, 'commit', '--quiet', '-m', 'Begin']);
  await writeFile(join(project, '.git', 'info', 'exclude'), '.autonomous/\n');
}

/** A configuration under which the run rests long enough for an edit. */
async function restful({ directory }: TrialWorld): Promise<{ XDG_CONFIG_HOME: string }> {
  const config = join(directory, 'config-that-rests');
  await mkdir(join(config, 'autonomous-tui'), { recursive: true });
  await writeFile(join(config, 'autonomous-tui', 'config.json'), '{"restSeconds":2}');
  return { XDG_CONFIG_HOME: config };
}

/** Sections of a prompt are apart by empty lines. */
function notesIn(prompt: string): string[] {
  return prompt
    .split('\n\n')
    .filter((section) => section.startsWith('Note: '))
    .map((section) => section.slice('Note: '.length).trim());
}

const isTool = ({ kind }: Act): boolean =>
  kind === 'command' || kind === 'patch' || kind === 'edit';

/** What the user does before the tool with this number, counted from 0. */
function userActs(script: readonly Act[], before: number): Extract<Act, { kind: 'user' }>[] {
  let tools = 0;
  return script.filter((act): act is Extract<Act, { kind: 'user' }> => {
    if (isTool(act)) tools++;
    return act.kind === 'user' && tools === before;
  });
}

async function itemsOf(
  script: readonly Act[],
  { task, listPath }: { task: string; listPath: string },
): Promise<ModelItem[]> {
  const directory = `.autonomous/${task}`;
  const placed = (text: string): string =>
    text
      .replaceAll(placeholders.list, `${directory}/task_list.md`)
      .replaceAll(placeholders.task, directory);
  const list = await readFile(listPath, 'utf8').catch(() => '');
  return script.flatMap((act): ModelItem[] => {
    switch (act.kind) {
      case 'user':
        return [];
      case 'edit': {
        const text = listPatch(`${directory}/task_list.md`, list, act.change(list));
        // An edit that is done already is still a tool of the script: its number counts.
        return [
          text === null
            ? { kind: 'command', command: ':', mayFail: false }
            : { kind: 'patch', patch: text },
        ];
      }
      case 'command':
        return [{ ...act, command: placed(act.command) }];
      case 'patch':
        return [{ ...act, patch: placed(act.patch) }];
      default:
        return [act];
    }
  });
}

async function betweenSessions(
  program: InPipe,
  { between }: Agent,
  act: (does: NonNullable<Agent['between']>['does']) => Promise<void>,
): Promise<void> {
  if (between === undefined) return;
  let isOver = false;
  void program.ended.then(() => (isOver = true));
  const rests = (): number => program.stdout().split('"type":"rest"').length - 1;
  while (rests() < between.after && !isOver) await delay(20);
  await act(between.does);
}

async function unprovenIn(
  { env }: TrialWorld,
  { project, task }: { project: string; task: string },
): Promise<string[]> {
  const identity = await taskDirectory(project, task).identity();
  const state = stateDirectory(stateHome(env), project, task);
  const ticks = await state.readUnproven(identity);
  return ticks.map(({ text, session, reason }) => `${text} (session ${session}: ${reason})`);
}

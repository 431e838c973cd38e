// Makes docs/dashboard.svg: the real program and the real Codex on four tasks in `~/shop`, a home of their own, until one
// needs the user, one waits for a usage limit and two are at work. Only the model is a script. `npm run picture`.

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { writeCodexHome } from '../source/demo/codex-home.ts';
import { usageLimit } from '../source/demo/faults.ts';
import { filesWith } from '../source/demo/patch-text.ts';
import { command, message, patch, type ModelItem } from '../source/demo/responses-api.ts';
import { startScriptedModel, type Answer } from '../source/demo/scripted-model.ts';
import { scriptedWorker } from '../source/demo/scripted-worker.ts';
import { terminalSvg } from './terminal-svg.ts';

const size = { cols: 112, rows: 30 };
const patienceMs = 600_000;
/** How long the command in the picture has run by then. */
const commandIsSeenMs = 4000;

/** Task → what it is asked for, and the steps that it plans, by phase. The last one is the one that is looked at. */
const tasks = {
  'publish-docs': {
    goal: 'Publish the docs',
    phases: {
      Site: ['Collect the pages', 'Check the links', 'Build the site', 'Measure the pages'],
      Release: ['Upload the site', 'Announce it', 'Archive the old site'],
    },
  },
  'refactor-auth': {
    goal: 'Refactor auth',
    phases: {
      Moves: ['List the callers', 'Move the session check', 'Move the token check'],
      Rest: ['Drop the old helper', 'Check the whole'],
    },
  },
  'write-user-guide': {
    goal: 'Write a user guide',
    phases: {
      Outline: ['Collect questions', 'Order the chapters'],
      Chapters: ['Write the first steps', 'Write the settings', 'Write the answers to errors'],
    },
  },
  'build-rest-api-todo': {
    goal: 'Build a REST API for todo app',
    phases: {
      Groundwork: ['Add the todo model', 'Add the repository layer'],
      Endpoints: ['List todos', 'Create a todo', 'Return 404 for unknown ids', 'Add pagination'],
      Quality: ['Validate the input', 'Log each request', 'Document the API', 'Check the whole'],
    },
  },
} as const;

type TaskName = keyof typeof tasks;

/** Where each task stops for the picture; those that are not at work, at the first step of a session. */
const stopsAt: Record<TaskName, string> = {
  'publish-docs': 'Upload the site',
  'refactor-auth': 'Move the token check',
  'write-user-guide': 'Write the settings',
  'build-rest-api-todo': 'Add pagination',
};

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
await mkdir(cache, { recursive: true });
// Not in the temporary directory, where Codex behaves differently.
const home = await realpath(await mkdtemp(join(cache, 'autonomous-tui-picture-')));
const project = join(home, 'shop');
await mkdir(project);

const othersStand = Promise.withResolvers<void>();
const plans = (name: string) => {
  const phases = Object.entries<readonly string[]>(tasks[name as TaskName].phases);
  const steps = phases.flatMap(([phase, texts]) =>
    texts.map((text) => ({
      phase,
      text,
      work: workOf(text, isAtWork(name) && text === stopsAt[name]),
    })),
  );
  return { steps, stepsPerSession: 2, paceMs: 0 };
};
const worker = scriptedWorker({ plans });
const model = await startScriptedModel({
  answer: async (request): Promise<Answer> => {
    const name = /\.autonomous\/([^/]+)\//.exec(request.prompt)?.[1] as TaskName;
    // Told that the command still runs, the model thinks until the picture is made.
    if (request.toolOutputs.some(({ text }) => text.includes('Process running')))
      return { kind: 'silent' };
    if (!request.prompt.includes(`. ${stopsAt[name]}\n`) || isAtWork(name)) return worker(request);
    if (name === 'publish-docs') {
      return { kind: 'items', items: [message('The server refuses the upload: no key is set.')] };
    }
    // A limit holds for all that start later, so the others have to be where they should be.
    await othersStand.promise;
    return usageLimit({ resetsAtMs: Date.now() + 100 * 60_000 });
  },
});
await writeCodexHome(join(home, 'codex'), { url: model.url, trustedProject: project });
await mkdir(join(home, '.config', 'autonomous-tui'), { recursive: true });
await writeFile(join(home, '.config', 'autonomous-tui', 'config.json'), '{"restSeconds":0}');

let dashboard: Dashboard | null = null;
try {
  for (const { goal } of Object.values(tasks)) {
    dashboard?.press('q');
    await dashboard?.closed;
    dashboard = openDashboard([goal]);
    await dashboard.until(/session 1 /);
  }
  await dashboard?.until(/1 needs you .* 3 running[\s\S]*\$ sh test\/add-pagination/);
  othersStand.resolve();
  await dashboard?.until(/1 needs you .* 2 running .* 1 wait/);
  await new Promise((resolve) => setTimeout(resolve, commandIsSeenMs));
  await writeFile(new URL('dashboard.svg', import.meta.url), terminalSvg(dashboard!.screen));
} finally {
  dashboard?.press('Q');
  // It asks, if anything runs.
  await Promise.race([dashboard?.until(/Enter/), dashboard?.closed]);
  dashboard?.press('\r');
  await dashboard?.closed;
  await model.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function isAtWork(name: string): name is TaskName {
  return name === 'write-user-guide' || name === 'build-rest-api-todo';
}

/** A file and its test; `isLong`: one that still runs when the picture is made. */
function workOf(step: string, isLong: boolean): readonly ModelItem[] {
  const name = step.toLowerCase().replaceAll(' ', '-');
  const check = isLong ? 'sleep 600' : `echo 'ok - ${step.toLowerCase()}'`;
  const files = [
    { path: `src/${name}.sh`, lines: [`# ${step}`] },
    { path: `test/${name}.sh`, lines: [check] },
  ];
  return [patch(filesWith(files)), command(`sh test/${name}.sh`)];
}

type Dashboard = {
  screen: InstanceType<typeof xterm.Terminal>;
  closed: Promise<void>;
  press(keys: string): void;
  until(pattern: RegExp): Promise<void>;
};

function openDashboard(args: readonly string[]): Dashboard {
  const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
  const program = new URL('../dist/autonomous-tui.js', import.meta.url).pathname;
  const { PATH = '' } = process.env;
  const terminal = pty.spawn(process.execPath, [program, ...args], {
    ...size,
    cwd: project,
    env: {
      PATH,
      HOME: home,
      CODEX_HOME: join(home, 'codex'),
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
    },
  });
  const listeners = new Set<() => void>();
  terminal.onData((data) => screen.write(data, () => listeners.forEach((look) => look())));
  const closed = new Promise<void>((resolve) => void terminal.onExit(() => resolve()));
  return {
    screen,
    closed,
    press: (keys) => terminal.write(keys),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(textOf(screen))) return;
          clearTimeout(impatience);
          listeners.delete(look);
          resolve();
        };
        const impatience = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`Not seen: ${String(pattern)}\n${textOf(screen)}`));
        }, patienceMs);
        listeners.add(look);
        look();
      }),
  };
}

function textOf({ buffer, rows }: Dashboard['screen']): string {
  const lines = Array.from({ length: rows }, (_, y) =>
    buffer.active.getLine(buffer.active.baseY + y)?.translateToString(true),
  );
  return lines.join('\n');
}

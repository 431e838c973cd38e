// Plays one row: a task of one step in the shared project, with its own CODEX_HOME and model, in a headless run of our
// program. Returns its output, its log and the requests to the model.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codexConfiguration } from '../../../source/demo/codex-home.ts';
import { command } from '../../../source/demo/responses-api.ts';
import { startScriptedModel, type Answer } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { readAsked, type Asked } from '../outside/asked.ts';
import { openLine, type LineToModel } from '../outside/line-to-model.ts';
import type { TrialWorld } from '../outside/trial-world.ts';
import { startInPipe } from '../outside/program.ts';
import { readWholeLog, type WholeLog } from '../outside/whole-log.ts';
import { expireLogin, type ExpiredLogin } from './expired-login.ts';
import type { FailureRow } from './rows.ts';

export type RowDeps = {
  line: LineToModel;
  writeThreadId(threadId: string): Promise<void>;
  /** Replaces the step's usual work. */
  setWork(shellCommand: string): Promise<void>;
  /** Has another Codex work in a conversation, and makes that the task's last conversation. */
  holdThread(): Promise<void>;
  letGoOfThread(): Promise<void>;
  expireLogin(): Promise<void>;
  /** Codex's first session ends at once, with this line on stderr. */
  breakLauncherOnce(line: string): Promise<void>;
  untilLogged(what: RegExp): Promise<void>;
  /** Waits until our program has printed it. */
  untilSaid(what: RegExp): Promise<void>;
};

export type PlayedRow = {
  /** `--json`: one object per line. */
  stdout: string;
  stderr: string;
  exitCode: number | null;
  log: WholeLog;
  asked: readonly Asked[];
  boxes: string;
};

/** Minutes in seconds. A row that needs more of that says so. */
export const rowSettings = {
  restSeconds: 0,
  checkpoints: 'off',
  interruptGraceSeconds: 3,
  terminateGraceSeconds: 2,
  lingerSeconds: 3,
  longestBackOffSeconds: 1,
  lookAgainSeconds: 2,
  networkSeconds: 60,
  sessionsAtOnce: 16,
};

const patienceMs = 90_000;

export async function playRow(
  world: TrialWorld,
  row: FailureRow,
  index: number,
): Promise<PlayedRow> {
  const task = `row-${index + 1}`;
  const home = join(world.directory, `codex-home-${index + 1}`);
  const asked: Asked[] = [];
  let work = `echo part >> parts.txt`;
  let firstSession: number | null = null;
  const worker = (request: Parameters<ReturnType<typeof scriptedWorker>>[0]): Answer =>
    scriptedWorker({
      plans: () => ({
        steps: [{ text: 'Do the part', phase: 'Parts', work: [command(work)] }],
        stepsPerSession: 1,
        paceMs: 0,
      }),
    })(request);
  const held = Promise.withResolvers<void>();
  const model = await startScriptedModel({
    answer: async (request) => {
      const one = readAsked(request);
      if (one === null) {
        await held.promise;
        return { kind: 'items', items: [] };
      }
      asked.push(one);
      firstSession ??= one.session;
      const isMet = row.always === true || one.session === firstSession;
      return row.meets !== undefined && isMet ? row.meets : worker(request);
    },
  });
  const line = await openLine(model.url);
  await writeHome(home, line.url, row);
  const taskPath = world.taskPath(task);
  await mkdir(taskPath, { recursive: true });
  await writeFile(join(taskPath, 'task_list.md'), '- [ ] Do the part\n');
  await writeFile(join(taskPath, 'progress.md'), '# Progress\n');
  const config = await writeSettings(join(world.directory, `config-${index + 1}`), row);
  let env: Readonly<Record<string, string>> = {
    ...world.env,
    CODEX_HOME: home,
    XDG_CONFIG_HOME: config,
  };
  let other: ChildProcess | null = null;
  let login: ExpiredLogin | null = null;
  let program: ReturnType<typeof startInPipe> | null = null;

  const deps: RowDeps = {
    line,
    writeThreadId: (threadId) => writeFile(join(taskPath, 'session.id'), `${threadId}\n`),
    setWork: (shellCommand) => {
      work = shellCommand;
      return Promise.resolve();
    },
    holdThread: async () => {
      other = spawn(
        'codex',
        ['exec', '--skip-git-repo-check', '--json', 'Hold this conversation.'],
        { cwd: world.project, env, stdio: ['ignore', 'pipe', 'ignore'] },
      );
      let stdout = '';
      other.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      await until(() => /"thread_id":"[^"]+"/u.test(stdout));
      const threadId = /"thread_id":"([^"]+)"/u.exec(stdout)![1]!;
      await deps.writeThreadId(threadId);
    },
    letGoOfThread: () => {
      held.resolve();
      return Promise.resolve();
    },
    expireLogin: async () => {
      login = await expireLogin(home);
      env = { ...env, ...login.environment };
    },
    breakLauncherOnce: async (line) => {
      const launcher = join(world.directory, `launcher-${index + 1}`);
      const broken = `${launcher}-was-broken`;
      const says = line.replaceAll(/[`$"]/gu, String.raw`\$&`);
      await writeFile(
        launcher,
        `#!/bin/sh
[ "$1" != exec ] || [ -e '${broken}' ] && exec codex "$@"
touch '${broken}'
echo "$0: ${says}" >&2
exit 1
`,
        { mode: 0o755 },
      );
      env = { ...env, AUTONOMOUS_CODEX: launcher };
    },
    untilSaid: (what) => until(() => what.test(program?.stdout() ?? '')),
    untilLogged: (what) =>
      until(async () =>
        what.test(await readFile(join(taskPath, 'session.log'), 'utf8').catch(() => '')),
      ),
  };
  try {
    await row.prepare?.(deps);
    const started = startInPipe({ ...world, env }, [
      ...['--headless', '--json', '--task-name', task, '--continue', ...(row.options ?? [])],
      ...world.access,
    ]);
    program = started;
    const meanwhile = row.meanwhile?.(deps);
    if (row.response === 'waits') {
      await until(() => /"type":"waits"/u.test(started.stdout()));
      // The model may get no request while the run waits.
      await delay(1500);
      process.kill(started.pid, 'SIGINT');
    }
    const impatience = setTimeout(() => process.kill(started.pid, 'SIGKILL'), patienceMs);
    const { exitCode } = await started.ended;
    clearTimeout(impatience);
    await meanwhile;
    return {
      stdout: started.stdout(),
      stderr: started.stderr(),
      exitCode,
      log: await readWholeLog(taskPath, { task, mayTear: () => false }),
      asked,
      boxes: await readFile(join(taskPath, 'task_list.md'), 'utf8'),
    };
  } finally {
    held.resolve();
    (other as ChildProcess | null)?.kill('SIGKILL');
    await (login as ExpiredLogin | null)?.close();
    await line.cut();
    await model.stop();
  }
}

async function writeHome(home: string, url: string, { configuration }: FailureRow): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const text = codexConfiguration({
    ...{ url, streamMaxRetries: 0, requestMaxRetries: 0 },
    shellSnapshot: false,
  });
  const { top = [], provider = [] } = configuration ?? {};
  // TOML rejects duplicate keys, so the row's lines replace the usual ones.
  const names = top.map((line) => line.split(' = ')[0]!);
  const kept = text
    .split('\n')
    .filter((line) => !names.some((name) => line.startsWith(`${name} =`)));
  await writeFile(join(home, 'config.toml'), [...top, ...kept, ...provider, ''].join('\n'));
}

async function writeSettings(config: string, { settings }: FailureRow): Promise<string> {
  await mkdir(join(config, 'autonomous-tui'), { recursive: true });
  const text = JSON.stringify({ ...rowSettings, ...settings });
  await writeFile(join(config, 'autonomous-tui', 'config.json'), text);
  return config;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`Timed out waiting until ${String(holds)}`);
    await delay(50);
  }
}

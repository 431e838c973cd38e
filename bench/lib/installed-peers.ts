// Programs of the same kind, for a full run: installed from the registry once, in the versions below, each with its own
// home and project. None is started with a working agent.

import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { benchHome } from './project.ts';
import type { Size } from './row.ts';
import { openScreen, type ScreenProgram } from './screen/screen-program.ts';

export type PeerName = 'ralph-tui' | 'ccmanager';

export type Peer = {
  open(): ScreenProgram;
  /** Matches once its whole first frame is on the screen. */
  firstPicture: RegExp;
  remove(): void;
};

const versions = { 'ralph-tui': '0.11.0', ccmanager: '4.2.3', bun: '1.4.5' } as const;
const home = join(benchHome, `peers-${Object.values(versions).join('-')}`);

const programs: Readonly<
  Record<PeerName, { command: string; args: readonly string[]; firstPicture: RegExp }>
> = {
  'ralph-tui': {
    // It runs only in Bun.
    command: join(home, 'node_modules/.bin/bun'),
    args: [
      join(home, 'node_modules/ralph-tui/dist/cli.js'),
      ...['run', '--prd', 'prd.json', '--no-setup', '--agent', 'codex'],
    ],
    firstPicture: /task 0[^]*task 5[^]*q:Quit/u,
  },
  ccmanager: {
    command: process.execPath,
    args: [join(home, 'node_modules/ccmanager/dist/cli.js')],
    firstPicture: /master[^]*New Worktree/u,
  },
};

let installing: Promise<boolean> | null = null;

/** Null if it is not installed and cannot be: without a registry, and in the short form. */
export async function installedPeer(name: PeerName, size: Size): Promise<Peer | null> {
  if (size === 'short') return null;
  installing ??= install();
  if (!(await installing)) return null;
  const { command, args, firstPicture } = programs[name];
  const root = realpathSync(mkdtempSync(join(benchHome, 'peer-')));
  const cwd = join(root, 'project');
  writeProject(cwd);
  const { PATH = '' } = process.env;
  return {
    open: () =>
      openScreen({
        ...{ command, args, cwd, columns: 120, rows: 40 },
        env: { PATH: `${dirname(process.execPath)}:${PATH}`, HOME: root, LANG: 'C.UTF-8' },
      }),
    firstPicture,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function install(): Promise<boolean> {
  if (Object.values(programs).every(({ args }) => existsSync(args[0] ?? ''))) return true;
  mkdirSync(home, { recursive: true });
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  try {
    await promisify(execFile)('npm', ['install', '--prefix', home, '--no-save', ...packages]);
    return true;
  } catch {
    return false;
  }
}

/** A repository with six stories, the same number as the tasks of our own project. */
function writeProject(path: string): void {
  mkdirSync(path, { recursive: true });
  const userStories = Array.from({ length: 6 }, (_, number) => ({
    ...{ id: `US-00${number}`, title: `task ${number}`, description: 'Do it' },
    ...{ acceptanceCriteria: ['It is done'], priority: number, passes: false, dependsOn: [] },
  }));
  const plan = { name: 'bench', description: 'bench', branchName: 'main', userStories };
  writeFileSync(join(path, 'prd.json'), JSON.stringify(plan));
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: path });
  git('init', '--quiet', '--initial-branch', 'master');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', 'Begin');
}

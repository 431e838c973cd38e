// Where a night, a chaos or a row of failures plays: a project, a person's home, the real Codex with a home of its
// own, and our program as it was built. Not in the temporary directory, see workspace.ts.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { writeCodexHome, type CodexHome } from '../../source/demo/codex-home.ts';
import { sandboxWorks } from '../../source/demo/sandbox-check.ts';
import { codexPath } from '../helpers/codex.ts';
import { makeWorkspace, type Workspace } from '../helpers/workspace.ts';
import { endProcessesUnder } from '../helpers/processes.ts';
import { builtProgram } from './program.ts';
import { writeParentLauncher } from './launcher.ts';

export type PlaceOptions = {
  codexHome: CodexHome;
  /** The person's `config.json`. */
  configuration: object;
  /** The built program; default: what lies in dist/. */
  program?: string;
  /** Codex's launcher; default: the one installed for development. */
  codex?: string;
  /** What its environment has beside the usual; told where the place is. */
  environment?: (directory: string) => Readonly<Record<string, string>>;
};

export type Place = Workspace & {
  env: Readonly<Record<string, string>>;
  program: string;
  /** `--network` where this machine has no sandbox to offer, else nothing. */
  access: readonly string[];
  taskPath(task: string): string;
  /** Ends what still runs here, by pid, and removes everything. */
  end(): Promise<void>;
};

export async function makePlace(options: PlaceOptions): Promise<Place> {
  const workspace = await makeWorkspace();
  const { directory, project, codexHome, home, state } = workspace;
  await writeCodexHome(codexHome, options.codexHome);
  await promisify(execFile)('git', ['init', '--quiet', project]);
  const bin = await writeParentLauncher(directory, options.codex ?? codexPath);
  const config = join(directory, 'config');
  await mkdir(join(config, 'autonomous-tui'), { recursive: true });
  await writeFile(
    join(config, 'autonomous-tui', 'config.json'),
    JSON.stringify(options.configuration),
  );
  return {
    ...workspace,
    program: options.program ?? builtProgram,
    env: {
      // `CI` has no place here: it hides the screen.
      PATH: [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
      HOME: home,
      CODEX_HOME: codexHome,
      XDG_STATE_HOME: state,
      XDG_CONFIG_HOME: config,
      LANG: 'C.UTF-8',
      ...options.environment?.(directory),
    },
    access: (await hasSandbox(options.codex ?? codexPath, codexHome)) ? [] : ['--network'],
    taskPath: (task) => join(project, '.autonomous', task),
    end: async () => {
      await endProcessesUnder(directory);
      await workspace.remove();
    },
  };
}

async function hasSandbox(codex: string, codexHome: string): Promise<boolean> {
  return (await sandboxWorks(codex, codexHome)).kind === 'works';
}

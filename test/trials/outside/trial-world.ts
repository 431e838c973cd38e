// The world of a trial (a night, a chaos, a row of failures): a project, a user's home, the real Codex with its own CODEX_HOME,
// and our built program. Not in the temporary directory, see workspace.ts.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { writeCodexHome, type CodexHome } from '../../../source/demo/codex-home.ts';
import { sandboxWorks } from '../../../source/demo/sandbox-check.ts';
import { codexPath, programsPath } from '../../helpers/codex.ts';
import { makeWorkspace, type Workspace } from '../../helpers/workspace.ts';
import { endProcessesUnder } from '../../helpers/processes.ts';
import { builtProgram } from './program.ts';
import { writeParentLauncher } from './launcher.ts';

export type TrialWorldOptions = {
  codexHome: CodexHome;
  /** The user's `config.json`. */
  configuration: object;
  /** The built program; default: the one in dist/. */
  program?: string;
  /** Codex's launcher; default: the one installed for development. */
  codex?: string;
  /** Additions to the usual environment; called with the place's directory. */
  environment?: (directory: string) => Readonly<Record<string, string>>;
};

export type TrialWorld = Workspace & {
  env: Readonly<Record<string, string>>;
  program: string;
  /** `--network` if this machine cannot create a sandbox, otherwise nothing. */
  access: readonly string[];
  taskPath(task: string): string;
  /** Ends everything that still runs here, by pid, and removes all files. */
  end(): Promise<void>;
};

export async function makeTrialWorld(options: TrialWorldOptions): Promise<TrialWorld> {
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
      // `CI` must not be set: it hides the screen.
      PATH: [bin, programsPath, dirname(process.execPath), process.env['PATH'] ?? ''].join(
        delimiter,
      ),
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

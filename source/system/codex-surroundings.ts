// Looked at before every start of a run: where a session may write, whether this program lies outside of that, and what
// of the project's own configuration Codex may use. One sentence if the run must not start.

import type { ProjectCodexConfig } from '../core/codex/arguments.ts';
import { readCodexConfiguration } from './codex-configuration.ts';
import {
  refusedHomes,
  whyChangeable,
  writableDirectories,
} from './process/writable-directories.ts';
import { projectCodex } from './project-codex.ts';
import { codexHome } from './state/machine-directory.ts';
import type { Environment } from './state/state-files.ts';

export type CodexSurroundings = {
  /** Every directory that a session may write, by their real paths; the project is the first. */
  writable: readonly string[];
  /** For `codex exec`. */
  arguments: readonly string[];
  /** For the prompt. */
  instructions: string;
};

type Question = {
  project: string;
  environment: Environment;
  setting: ProjectCodexConfig;
  program: { own: readonly string[]; node: string };
};

export async function codexSurroundings({
  project,
  environment,
  setting,
  program,
}: Question): Promise<CodexSurroundings | { problem: string }> {
  const { writableRoots, trusted, untrusted, wantsGoals } =
    await readCodexConfiguration(environment);
  const writable = await writableDirectories(project, environment, writableRoots);
  const problem = await whyChangeable(program, await refusedHomes(project, writableRoots));
  if (problem !== null) return { problem };
  const found = await projectCodex({
    project,
    setting,
    trusted,
    untrusted,
    codexHome: codexHome(environment),
  });
  if ('problem' in found) return found;
  const goals = wantsGoals ? ['-c', 'features.goals=true'] : [];
  return {
    writable,
    arguments: [...found.arguments, ...goals],
    instructions: found.instructions,
  };
}

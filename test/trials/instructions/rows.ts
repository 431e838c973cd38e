// Every combination in which a session can start in a project that has AGENTS.md files: where, what the user said in
// Codex about the repository, and whether the project's own configuration of Codex counts. Each is played fresh, then
// resumed.

import type { ProjectCodexConfig } from '../../../source/core/codex/arguments.ts';

export type Place = 'root' | 'subdirectory' | 'worktree' | 'subdirectory of a worktree';
export type Trust = 'trusted' | 'untrusted' | 'not mentioned';

export type InstructionsRow = {
  name: string;
  place: Place;
  trust: Trust;
  /** `projectCodexConfig` of the user's configuration. */
  setting: ProjectCodexConfig;
};

const places: readonly Place[] = ['root', 'subdirectory', 'worktree', 'subdirectory of a worktree'];
const trusts: readonly Trust[] = ['trusted', 'untrusted', 'not mentioned'];
const settings: readonly ProjectCodexConfig[] = ['as trusted', 'off'];

export const instructionsRows: readonly InstructionsRow[] = places.flatMap((place) =>
  trusts.flatMap((trust) =>
    settings.map((setting) => ({
      name: `${place}, ${trust}, project configuration ${setting}`,
      place,
      trust,
      setting,
    })),
  ),
);

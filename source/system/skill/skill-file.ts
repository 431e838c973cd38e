// The skill's file in the home of Codex. Only a file that this program wrote, and nobody changed since, is replaced or
// removed. Directories that are links are not followed: what is behind them belongs to something else.
//
//   $CODEX_HOME/skills/autonomous-tui/SKILL.md

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readSkill, signedSkill, skillName, type FoundSkill } from '../../core/skill/skill-text.ts';
import { enterDirectory, openDirectory, speakingOf } from '../files/entered-directory.ts';
import { hasCode, isMissing, readSmallFileNow } from '../files/plain-file.ts';
import { replaceFile } from '../files/safe-file.ts';

type SkillFile = {
  path: string;
  /** As it was found. */
  found: FoundSkill;
  /** `replaced`: by this version; `kept`: it is not ours, or nothing was to do. */
  done: 'written' | 'replaced' | 'removed' | 'kept';
};

type InstalledSkill = SkillFile & {
  /** The seed's skill beside it; null if there is none. */
  seed: string | null;
};

type UninstalledSkill = SkillFile & {
  /** Whether the directory has other files, and stays. */
  hasOthers: boolean;
};

const steps = ['skills', skillName] as const;
const limit = { maxBytes: 256 * 1024 };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `home`: Codex's, which must be there. Throws errors whose messages are for the user. */
export async function installSkill(home: string, version: string): Promise<InstalledSkill> {
  const { path, change } = entered(home, makeDirectory);
  return change(async (at) => {
    const found = foundIn(at, version);
    const seedPath = join(home, 'skills', 'autonomous-skill');
    const seed = existsSync(join(seedPath, 'SKILL.md')) ? seedPath : null;
    const isWritten = found.kind === 'none' || (found.kind === 'ours' && !found.isCurrent);
    if (!isWritten) return { path, found, done: 'kept', seed };
    await replaceFile(`${at}/SKILL.md`, signedSkill(version, digest), 0o644);
    return { path, found, done: found.kind === 'none' ? 'written' : 'replaced', seed };
  });
}

export async function uninstallSkill(home: string, version: string): Promise<UninstalledSkill> {
  const { path, change } = entered(home, openDirectory);
  try {
    return await change(async (at) => {
      const found = foundIn(at, version);
      if (found.kind !== 'ours') return { path, found, done: 'kept', hasOthers: false };
      await unlink(`${at}/SKILL.md`);
      return { path, found, done: 'removed', hasOthers: !isRemoved(join(home, ...steps)) };
    });
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { path, found: { kind: 'none' }, done: 'kept', hasOthers: false };
  }
}

function foundIn(at: string, version: string): FoundSkill {
  const file = readSmallFileNow(`${at}/SKILL.md`, limit);
  if (file?.truncated === true) return { kind: 'foreign' };
  return readSkill(file?.text ?? null, version, digest);
}

function entered(
  home: string,
  open: typeof openDirectory,
): {
  path: string;
  change<Result>(act: (at: string) => Promise<Result>): Promise<Result>;
} {
  const path = join(home, ...steps, 'SKILL.md');
  return {
    path,
    change: async (act) => {
      const directory = enterDirectory(home, steps, open);
      try {
        return await act(directory.at);
      } catch (error) {
        throw speakingOf(join(home, ...steps), directory.at, error);
      } finally {
        directory.close();
      }
    },
  };
}

/** With the modes of the user's other skills, not private ones: nothing in it is secret. */
function makeDirectory(name: string, path: string): number {
  if (lstatSync(name, { throwIfNoEntry: false }) === undefined) {
    try {
      mkdirSync(name);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw speakingOf(path, name, error);
    }
  }
  return openDirectory(name, path);
}

function isRemoved(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

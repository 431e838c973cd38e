// `--install-skill` and `--uninstall-skill`: one sentence says what was done, or why nothing was; more name what lies
// beside it and was left alone.

import { existsSync } from 'node:fs';
import { delimiter, join, resolve, sep } from 'node:path';
import { errorMessage } from '../../core/text/error-message.ts';
import { homeRelative } from '../../system/project.ts';
import { whyNotInSandbox } from '../../system/process/codex-sandbox.ts';
import { installSkill, uninstallSkill } from '../../system/skill/skill-file.ts';
import { codexHome } from '../../system/state/machine-directory.ts';
import { complain } from '../complain.ts';
import { exitCodes } from '../exit-codes.ts';
import { ownVersion } from '../../system/own-version.ts';
import type { SkillVerb } from '../verbs/skill-verb.ts';

type Answer = { ok: boolean; sentences: readonly string[] };

export async function skillCommand(verb: SkillVerb, version?: string): Promise<number> {
  const home = resolve(codexHome(process.env));
  if (!existsSync(home)) {
    const sentence = `There is no ${home}: start Codex once, or set CODEX_HOME to its directory`;
    return complain(sentence, exitCodes.failed);
  }
  const sandboxed = await whyNotInSandbox(process.env, { written: home, network: false });
  if (sandboxed !== null) return complain(sandboxed, exitCodes.failed);
  try {
    const change = verb === 'install-skill' ? install : uninstall;
    const { ok, sentences } = await change(home, version ?? ownVersion());
    const [first = '', ...more] = sentences;
    if (!ok) return complain(first, exitCodes.failed);
    process.stdout.write([`✓ ${first}`, ...more.map((one) => `ℹ ${one}`), ''].join('\n'));
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

async function install(home: string, version: string): Promise<Answer> {
  const { path, found, done, seed } = await installSkill(home, version);
  const file = homeRelative(path);
  const beside = [
    ...(seed === null
      ? []
      : [`${homeRelative(seed)} is left alone: Codex may choose either of the two skills`]),
    ...(isInPath() ? [] : ['autonomous-tui is not in the PATH, where Codex looks for it']),
  ];
  const ask = 'a new Codex conversation hands work over when you say "work on this overnight"';
  if (done === 'written') return { ok: true, sentences: [`${file} is written: ${ask}`, ...beside] };
  if (done === 'replaced') {
    const from = found.kind === 'ours' && found.version !== version ? ` from ${found.version}` : '';
    return { ok: true, sentences: [`${file} is updated${from} to ${version}`, ...beside] };
  }
  if (found.kind !== 'ours') return { ok: false, sentences: [leftAlone(file, found.kind)] };
  return { ok: true, sentences: [`${file} is there already`, ...beside] };
}

async function uninstall(home: string, version: string): Promise<Answer> {
  const { path, found, done, hasOthers } = await uninstallSkill(home, version);
  const file = homeRelative(path);
  if (done === 'removed') {
    const others = hasOthers ? ['Other files in its directory are left alone'] : [];
    return { ok: true, sentences: [`${file} is removed`, ...others] };
  }
  return found.kind === 'none'
    ? { ok: true, sentences: ['The skill is not installed'] }
    : { ok: false, sentences: [leftAlone(file, found.kind)] };
}

function leftAlone(file: string, kind: string): string {
  const why =
    kind === 'changed'
      ? 'was changed since this program wrote it'
      : 'is not by this program, or somebody changed it';
  return `${file} ${why}, and is left alone: move it away and try again`;
}

/** `npx` and `npm run` put directories of their own in front, which Codex does not have. */
function isInPath(): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((directory) => !directory.endsWith(join(sep, 'node_modules', '.bin')))
    .some((directory) => existsSync(join(directory, 'autonomous-tui')));
}

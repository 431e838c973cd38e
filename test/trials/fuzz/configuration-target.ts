import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultRunSettings } from '../../../source/core/run/settings.ts';
import { configurationPath } from '../../../source/system/configuration-file.ts';
import { readConfiguration } from '../../../source/system/configuration.ts';
import { holds, isHarmless, isSame, type Target } from './target.ts';

/** The first byte decides whether it is the project's file or the user's. */
export const configurationTarget: Target = {
  name: 'config.json',
  maxBytes: 1024,
  run: (bytes) => {
    const { environment, project, paths } = (place ??= makePlace());
    const whose = (bytes[0] ?? 0) % 2 === 0 ? 'project' : 'user';
    writeFileSync(paths.project, '{}');
    writeFileSync(paths.user, '{}');
    writeFileSync(paths[whose], bytes.subarray(1));
    const found = readConfiguration(environment, project);
    if ('problem' in found) {
      holds(whose === 'user', 'the project cannot prevent a run');
      return isHarmless(found.problem);
    }
    const { codex, settings, warnings } = found.configuration;
    for (const warning of warnings) isHarmless(warning);
    if (whose === 'project') {
      holds(codex === null, 'the project names no program');
      isSame(settings, defaultRunSettings, 'the project sets nothing but appearance');
    }
    for (const value of Object.values(settings)) {
      holds(typeof value !== 'number' || value >= 0, 'no time is negative');
    }
  },
};

type Place = {
  environment: Record<string, string>;
  project: string;
  paths: Record<'project' | 'user', string>;
};

let place: Place | undefined;

function makePlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-configuration-'));
  const environment = { XDG_CONFIG_HOME: join(directory, 'config') };
  const user = configurationPath(environment);
  mkdirSync(dirname(user), { recursive: true });
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return {
    environment,
    project: directory,
    paths: { user, project: join(directory, '.autonomous-tui.json') },
  };
}

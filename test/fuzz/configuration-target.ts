import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultRunSettings } from '../../source/core/run-settings.ts';
import { configurationPath } from '../../source/system/configuration-file.ts';
import { readConfiguration } from '../../source/system/configuration.ts';
import { holds, isHarmless, isSame, type Target } from './target.ts';

/** The first byte says whose file it is. */
export const configurationTarget: Target = {
  name: 'config.json',
  maxBytes: 1024,
  run: (bytes) => {
    const { environment, project, paths } = (place ??= makePlace());
    const whose = (bytes[0] ?? 0) % 2 === 0 ? 'project' : 'person';
    writeFileSync(paths.project, '{}');
    writeFileSync(paths.person, '{}');
    writeFileSync(paths[whose], bytes.subarray(1));
    const found = readConfiguration(environment, project);
    if ('problem' in found) {
      holds(whose === 'person', 'the project keeps nobody from working');
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
  paths: Record<'project' | 'person', string>;
};

let place: Place | undefined;

function makePlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-configuration-'));
  const environment = { XDG_CONFIG_HOME: join(directory, 'config') };
  const person = configurationPath(environment);
  mkdirSync(dirname(person), { recursive: true });
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return {
    environment,
    project: directory,
    paths: { person, project: join(directory, '.autonomous-tui.json') },
  };
}

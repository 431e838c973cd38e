// What `--doctor` looks at, in this order, each with the functions that a start uses.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  fine,
  noted,
  stopping,
  stoppingIf,
  type Finding,
  type Found,
} from '../../core/doctor/finding.ts';
import { readCodexConfiguration } from '../../system/codex-configuration.ts';
import { whyNoProfile } from '../../system/codex-profile.ts';
import { codexSurroundings, type CodexSurroundings } from '../../system/codex-surroundings.ts';
import { defaultConfiguration, readConfiguration } from '../../system/configuration.ts';
import { configurationPath } from '../../system/configuration-file.ts';
import { codexLoginFound, sandboxFound, versionFound } from '../../system/doctor/codex-findings.ts';
import {
  diskFound,
  gitFound,
  locksFound,
  notificationsFound,
  stateFound,
} from '../../system/doctor/machine-findings.ts';
import { findCodex } from '../../system/process/codex-path.ts';
import { logoutWarning } from '../../system/process/logout.ts';
import { homeRelative } from '../../system/project.ts';
import type { Environment } from '../../system/state/state-files.ts';
import { noticeForm, noticeFormWords } from '../../ui/terminal/notification.ts';
import type { Invocation } from '../invocation.ts';
import { ownProgram } from '../deps/codex-for.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { look, named } from './look.ts';
import { terminalFound } from './terminal-finding.ts';

export async function* findings(
  { sessionOptions, hub }: Pick<Invocation, 'sessionOptions' | 'hub'>,
  paths: ProjectPaths,
): AsyncGenerator<Finding> {
  const { project, home } = paths;
  const environment = process.env;
  yield named('Node', fine(process.versions.node));
  const read = readConfiguration(environment, project);
  const configuration = 'problem' in read ? defaultConfiguration : read.configuration;
  const { profile } = configuration;
  yield await look('configuration', async () => {
    if ('problem' in read) return stopping(read.problem);
    const problem = profile === null ? null : await whyNoProfile(profile, environment);
    const [warning] = configuration.warnings;
    if (problem === null && warning !== undefined) return noted(warning);
    return stoppingIf(problem, await configurationWords(environment));
  });
  const state = await look('state directory', () => stateFound(home, project, environment));
  yield state;
  const withState = (name: string, find: () => Promise<Found>): Promise<Finding> =>
    state.result === 'stops'
      ? Promise.resolve(named(name, noted('not tried: it needs the state directory')))
      : look(name, find);
  yield await withState('locks', () => locksFound(home, environment));
  const codex = await codexOf(project, {
    named: sessionOptions.codex ?? null,
    configured: configuration.codex,
    setting: configuration.settings.projectCodexConfig,
  });
  if ('problem' in codex) yield named('Codex', stopping(codex.problem));
  else {
    const { path, surroundings } = codex;
    yield await look('Codex', () => versionFound(path));
    yield await look('login', () => codexLoginFound(path, profile, environment));
    const directory = join(home, 'machine');
    yield await withState('sandbox', () =>
      sandboxFound({ project, codex: path, surroundings, directory }),
    );
  }
  yield await look('disk', () => diskFound(home, project, environment));
  yield await look('git', async () => {
    const { writableRoots } = await readCodexConfiguration(environment);
    return gitFound(project, environment, writableRoots);
  });
  yield named('terminal', terminalFound(process.stdout, environment));
  yield await look('notifications', () => {
    const form = noticeForm(configuration.notices, environment);
    const byTerminal = form === null ? null : noticeFormWords(form);
    return notificationsFound(configuration.settings.notify.command, byTerminal, environment);
  });
  const logout = logoutWarning();
  yield named('logout', logout === null ? fine('tasks go on after it') : noted(logout));
  if (hub === null || !('hub' in hub)) return;
  const { hubFindings } = await import('./hub-findings.ts');
  yield* hubFindings(hub.hub, paths);
}

async function configurationWords(environment: Environment): Promise<string> {
  const path = configurationPath(environment);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? homeRelative(path) : `no ${homeRelative(path)}: the defaults hold`;
}

type CodexChoice = {
  named: string | null;
  configured: string | null;
  setting: Parameters<typeof codexSurroundings>[0]['setting'];
};

async function codexOf(
  project: string,
  { named: byName, configured, setting }: CodexChoice,
): Promise<{ path: string; surroundings: CodexSurroundings } | { problem: string }> {
  const environment = process.env;
  const program = ownProgram();
  const surroundings = await codexSurroundings({ project, environment, setting, program });
  if ('problem' in surroundings) return surroundings;
  const { writable } = surroundings;
  const found = await findCodex({ named: byName, configured, environment, writable });
  return 'problem' in found ? found : { path: found.path, surroundings };
}

// Whether Codex can reach its model provider, without asking the provider: by what `codex login status` says, which
// knows nothing of a provider of the user's own, and by the user's configuration of Codex.

import { cleanLine } from '../text/clean.ts';
import { maskSecrets } from '../text/secrets.ts';
import { fine, noted, stopping, type Found } from './finding.ts';

/** A provider that the user's configuration names instead of Codex's own. */
export type ModelProvider = {
  name: string;
  /** The environment variable that has its key. */
  envKey: string | null;
  /** Whether it needs the login of Codex all the same. */
  needsLogin: boolean;
};

type LoginStatus = {
  /** Null if Codex did not answer. */
  exitCode: number | null;
  said: string;
};

const notLoggedIn = /not logged in/iu;

export function loginFound(
  { exitCode, said }: LoginStatus,
  provider: ModelProvider | null,
  hasVariable: (name: string) => boolean,
): Found {
  const words = lastLine(said);
  const isAnswer = exitCode === 0 || notLoggedIn.test(said);
  if (exitCode !== null && !isAnswer) return stopping(`Codex says: ${words}`);
  if (provider !== null && !provider.needsLogin) return providerFound(provider, hasVariable);
  if (exitCode === 0) return fine(words);
  if (hasVariable('CODEX_API_KEY')) return fine('by CODEX_API_KEY');
  return exitCode === null
    ? noted('Codex does not say whether it is logged in: try codex login status')
    : stopping('Codex is not logged in: run codex login');
}

function providerFound(
  { name, envKey }: ModelProvider,
  hasVariable: (name: string) => boolean,
): Found {
  const provider = `the model provider ${cleanLine(name)} of config.toml`;
  if (envKey === null) return fine(`by ${provider}`);
  const variable = cleanLine(envKey);
  return hasVariable(envKey)
    ? fine(`by ${variable}, for ${provider}`)
    : stopping(`${variable} is not set: ${provider} takes its key from there`);
}

/** Warnings come first. */
function lastLine(said: string): string {
  const lines = said.split('\n').map((line) => maskSecrets(cleanLine(line, { maxLength: 300 })));
  return lines.findLast((line) => line !== '') ?? 'nothing';
}

// A CODEX_HOME with a scripted model, so that the real Codex runs without an account.
// It must not be in the system's temporary directory: Codex warns there, and its sandbox can write to it.

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type CodexHome = {
  /** The scripted model's URL. */
  url: string;
  /** How often Codex retries after a broken stream. Codex's default is 5, with growing pauses. */
  streamMaxRetries?: number;
  /** How often Codex retries after an HTTP 5xx, within each attempt of the stream. Codex's default is 4. */
  requestMaxRetries?: number;
  /** How long a stream may stay silent before Codex treats it as broken. Codex's default is five minutes. */
  streamIdleTimeoutMs?: number;
  /** In any other project, each session of Codex says that it does not trust it. */
  trustedProject?: string;
  /** False: each command starts a shell as the user's, instead of Codex doing that once in each session to copy it. */
  shellSnapshot?: boolean;
};

/** Only the owner has access: Codex keeps conversations there. */
export async function writeCodexHome(directory: string, home: CodexHome): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // Otherwise an existing directory would keep its mode.
  await chmod(directory, 0o700);
  const path = join(directory, 'config.toml');
  await writeFile(path, codexConfiguration(home), { mode: 0o600 });
  await chmod(path, 0o600);
}

/**
 * Codex talks to the scripted model alone. By default, each session also fetches a list of plugins from GitHub with git,
 * asks for the account's apps and sends measurements: none of that works offline, and it is a third of a short session.
 * Versions of Codex that do not know one of these settings ignore it.
 */
const nothingElse = [
  'features.plugins = false',
  'features.apps = false',
  'analytics.enabled = false',
  'otel.metrics_exporter = "none"',
];

/** The `config.toml`. The model is from Codex's catalogue, because Codex offers apply_patch only to those. */
export function codexConfiguration(home: CodexHome): string {
  const provider: readonly (readonly [string, string | number | undefined])[] = [
    ['name', 'scripted'],
    ['base_url', home.url],
    ['wire_api', 'responses'],
    ['stream_max_retries', home.streamMaxRetries],
    ['request_max_retries', home.requestMaxRetries],
    ['stream_idle_timeout_ms', home.streamIdleTimeoutMs],
  ];
  return [
    'model = "gpt-5.5"',
    'model_provider = "scripted"',
    ...nothingElse,
    ...(home.shellSnapshot === false ? ['features.shell_snapshot = false'] : []),
    '[model_providers.scripted]',
    ...provider
      .filter(([, value]) => value !== undefined)
      // Strings and whole numbers are written in TOML as they are in JSON.
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    ...(home.trustedProject === undefined
      ? []
      : [`[projects.${JSON.stringify(home.trustedProject)}]`, 'trust_level = "trusted"']),
    '',
  ].join('\n');
}

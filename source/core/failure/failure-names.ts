// Sentences of failures that name what is wrong, read from Codex's message: a server, a profile, a line of a file.

/** `… failed to initialize: one: handshaking with … failed; two: timed out …` names each server. */
export function mcpSentence(said: string): string | null {
  const list = /failed to initialize: (.+)/iu.exec(said)?.[1] ?? '';
  const names = list.split('; ').flatMap((part) => /^([\w.-]+)(?::|$)/u.exec(part)?.[1] ?? []);
  if (names.length === 0) return null;
  const [server, verb] = names.length === 1 ? ['server', 'does'] : ['servers', 'do'];
  return `The MCP ${server} ${names.join(', ')}, required in config.toml, ${verb} not start: fix that, or remove required = true`;
}

/** ``config profile `nightly` not found`` */
export function profileSentence(said: string): string | null {
  const name = /\bprofile \W?([\w.-]+)/iu.exec(said)?.[1];
  return name === undefined
    ? null
    : `Codex has no profile ${name}: correct -p after --, or add it to config.toml`;
}

/** `Error loading config.toml: /home/me/.codex/config.toml:7:9: unclosed table` names the file and the line. */
export function configurationSentence(said: string): string | null {
  const [, path, line] = /^error loading config[^/]*(\/.+\.toml):(\d+):\d+:/iu.exec(said) ?? [];
  return path === undefined ? null : `Codex cannot read ${path} (line ${line}): fix it`;
}

// A conversation that another process works in: Codex lets only one write to it. The sentence names that process.

export type ThreadWriter = {
  pid: number;
  /** As the user started it, `codex resume` for example; empty when the system does not say. */
  program: string;
};

/** One sentence: which processes use the conversation, and how to free it. */
export function inUseBy(writers: readonly ThreadWriter[]): string {
  const named = writers.map(({ pid, program }) =>
    program === '' ? `${pid}` : `${pid} (${program})`,
  );
  const who = named.length === 0 ? 'another Codex' : `pid ${named.join(', ')}`;
  return `The conversation is in use by ${who}; to free it: ${howToFree(writers)}`;
}

/** Codex's own screen leaves the conversation to a daemon, which keeps it after the screen is closed. */
function howToFree(writers: readonly ThreadWriter[]): string {
  const daemons = writers.filter(({ program }) => program.endsWith(' app-server'));
  if (writers.length === 0) return `quit that program, or ${endAgent}`;
  if (daemons.length === writers.length) return `${endAgent} (or kill ${daemons[0]?.pid})`;
  return daemons.length === 0 ? 'quit that program' : `quit that program, or ${endAgent}`;
}

const endAgent = 'codex agents, then x';

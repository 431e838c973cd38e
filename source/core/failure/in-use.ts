// A conversation that another process works in: Codex lets only one write to it. The sentence names that process.

export type ThreadWriter = {
  pid: number;
  /** As the user started it, `codex resume` for example; empty when the system does not say. */
  program: string;
};

/** For the user who wants the conversation back: `x` there ends an agent. */
const howToFree = 'to free it: quit that program, or codex agents, then x';

/** One sentence: which processes use the conversation, and how to free it. */
export function inUseBy(writers: readonly ThreadWriter[]): string {
  const named = writers.map(({ pid, program }) =>
    program === '' ? `${pid}` : `${pid} (${program})`,
  );
  const who = named.length === 0 ? 'another Codex' : `pid ${named.join(', ')}`;
  return `The conversation is in use by ${who}; ${howToFree}`;
}

// What `--doctor` found about one thing that a run needs, in one sentence. Of what is wrong, it says what to do.

export type Found = {
  /** `note`: a run starts all the same. `stops`: none does, or it fails at once. */
  result: 'ok' | 'note' | 'stops';
  sentence: string;
};

export type Finding = Found & { name: string };

export function fine(sentence: string): Found {
  return { result: 'ok', sentence };
}

export function noted(sentence: string): Found {
  return { result: 'note', sentence };
}

export function stopping(sentence: string): Found {
  return { result: 'stops', sentence };
}

/** A problem that may be missing. */
export function stoppingIf(problem: string | null, otherwise: string): Found {
  return problem === null ? fine(otherwise) : stopping(problem);
}

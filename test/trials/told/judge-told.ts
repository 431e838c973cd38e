// Whether each word was told once, or still waits, by what the model was sent and what the program says of it.

/** What `--list --json` says of a piece. */
export type KeptWord = { text: string; told: { session: number } | null };

export type SentPrompt = { session: number; prompt: string };

export type ToldCase = {
  /** In the order in which they were kept. */
  kept: readonly KeptWord[];
  /** The words of which the program has said that they will be told. */
  promised: readonly string[];
  sent: readonly SentPrompt[];
};

/** Breaches, one sentence each. */
export function judgeTold({ kept, promised, sent }: ToldCase): string[] {
  const breaches: string[] = [];
  const texts = kept.map(({ text }) => text);
  for (const word of promised) {
    if (!texts.includes(word)) breaches.push(`${word} was promised, and is lost`);
  }
  for (const word of new Set(texts)) {
    if (texts.indexOf(word) !== texts.lastIndexOf(word)) breaches.push(`${word} is kept twice`);
  }
  for (const { text, told } of kept) {
    const sessions = [...new Set(sent.filter(has(text)).map(({ session }) => session))];
    if (sessions.length > 1) breaches.push(`${text} was told in sessions ${sessions.join(', ')}`);
    if (told === null && sessions.length > 0) {
      breaches.push(`${text} waits, and was told in session ${sessions[0]}`);
    }
    if (told !== null && !sessions.includes(told.session)) {
      breaches.push(`${text} counts as told in session ${told.session}, which did not get it`);
    }
  }
  const order = sent
    .toSorted((a, b) => a.session - b.session)
    .flatMap(({ prompt }) => [...prompt.matchAll(/^> (word-\d+)$/gmu)].map(([, word]) => word));
  const inOrder = texts.filter((text) => order.includes(text));
  const asTold = [...new Set(order)];
  if (asTold.join() !== inOrder.join()) breaches.push('The words were not told in their order');
  return breaches;
}

function has(text: string): (one: SentPrompt) => boolean {
  return ({ prompt }) => prompt.split('\n').includes(`> ${text}`);
}

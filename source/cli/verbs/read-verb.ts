// What --filter, --since and --report need on the command line, and what does not go together.

type Read = {
  log: string | null;
  report: boolean;
  filter: string | null;
  since: number | null;
  words: readonly string[];
};

/** One sentence; null if nothing is wrong. */
export function whyNotRead(
  { log, report, filter, since, words }: Read,
  now: number,
): string | null {
  if (log === null && filter !== null) return '--filter needs --log';
  if (log === null && !report && since !== null) return '--since needs --log or --report';
  if (!report) return null;
  if (log !== null) return 'Give either --log or --report';
  if (words.length > 0) return '--report takes no description';
  return since !== null && since > now
    ? '--since is in the future: nothing has happened since then'
    : null;
}

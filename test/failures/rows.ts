// Every way to fail that can be played on loopback, each as one row: what Codex meets in the first session, and what
// our program has to make of it. Later sessions meet a model as on any day, unless the row says otherwise.

import { faults, usageLimit } from '../../source/demo/faults.ts';
import type { Answer } from '../../source/demo/scripted-model.ts';
import type { RowDoors } from './play-row.ts';

/**
 * `goes on`: a second session does the step, and the run ends with 0. `asks`: the run ends with 1 and the reason, since
 * nobody is there who could mend it. `waits`: it waits, and says until when. `gives up`: it tries again, and ends with 1.
 */
export type Response = 'goes on' | 'asks' | 'waits' | 'gives up';

export type FailureRow = {
  name: string;
  /** What the first session's requests get; null for what the worker says. */
  meets?: Answer;
  /** Every session meets it. */
  always?: boolean;
  /** More for Codex's config.toml: lines at the top, and lines for the provider. */
  configuration?: { top?: readonly string[]; provider?: readonly string[] };
  /** Settings of our program for this row alone: where silence counts after seconds, a slow start of Codex counts, too. */
  settings?: { silentSeconds: number };
  /** Before our program starts. */
  prepare?: (doors: RowDoors) => Promise<void>;
  /** While it runs. */
  meanwhile?: (doors: RowDoors) => Promise<void>;
  options?: readonly string[];
  /** How the log says that the first session ended. */
  outcome: string;
  response: Response;
  /** The sentence that the person reads. */
  says: RegExp;
  /** What the next session is told of this one. */
  told?: RegExp;
  /** Versions of Codex that do not fail in this way, or can't be brought to. */
  notOn?: readonly string[];
  /** Versions that say it in other words. */
  on?: Readonly<Record<string, Pick<FailureRow, 'outcome' | 'says'>>>;
};

const interrupted = /was interrupted in the middle/;
const streamLost = { outcome: 'stream lost', says: /connection to the model was lost/i };
const backsOff = { response: 'goes on', told: interrupted } as const;

export const failureRows: readonly FailureRow[] = [
  {
    name: 'a usage limit with its time',
    meets: usageLimit({ resetsAtMs: Date.now() + 7_200_000 }),
    outcome: 'usage limit',
    response: 'waits',
    says: /usage limit/i,
  },
  {
    name: 'a usage limit without a time',
    meets: {
      kind: 'http-error',
      status: 429,
      body: { error: { type: 'usage_limit_reached', plan_type: 'plus' } },
    },
    outcome: 'usage limit',
    response: 'waits',
    says: /usage limit/i,
  },
  {
    name: 'a plain 429',
    meets: faults.tooManyRequests,
    outcome: 'rate limit',
    says: /too many requests/i,
    ...backsOff,
  },
  {
    name: 'a rate limit in the stream',
    meets: faults.rateLimited,
    outcome: 'rate limit',
    says: /too many requests/i,
    ...backsOff,
    on: { '0.130.0': streamLost, '0.98.0': streamLost },
  },
  {
    name: 'a used up quota',
    meets: faults.quotaExceeded,
    outcome: 'quota',
    response: 'asks',
    says: /quota .* used up: check/i,
  },
  {
    name: 'a 401',
    meets: faults.unauthorized,
    outcome: 'login',
    response: 'asks',
    says: /not logged in: run codex login/i,
  },
  {
    name: 'a missing key',
    configuration: { provider: ['env_key = "A_KEY_THAT_NOBODY_SET"'] },
    outcome: 'login',
    response: 'asks',
    says: /A_KEY_THAT_NOBODY_SET/,
  },
  {
    name: 'a login that has expired',
    meets: faults.unauthorized,
    configuration: { provider: ['requires_openai_auth = true'] },
    prepare: ({ expireLogin }) => expireLogin(),
    outcome: 'login',
    response: 'asks',
    says: /access token could not be refreshed/,
  },
  {
    name: 'a full context',
    meets: faults.contextFull,
    outcome: 'context full',
    response: 'goes on',
    says: /ran out of room/i,
    told: /ran out of room/,
  },
  {
    name: 'a 500',
    meets: faults.serverError,
    outcome: 'overloaded',
    says: /overloaded/i,
    ...backsOff,
  },
  {
    name: 'a 503',
    meets: faults.unavailable,
    outcome: 'overloaded',
    says: /overloaded/i,
    ...backsOff,
  },
  {
    name: 'no capacity',
    meets: faults.atCapacity,
    outcome: 'overloaded',
    says: /overloaded/i,
    ...backsOff,
  },
  {
    name: 'a cut stream',
    meets: faults.streamCut,
    outcome: 'stream lost',
    says: /connection to the model was lost/i,
    ...backsOff,
  },
  {
    name: 'a stream that Codex gives up',
    meets: faults.silence,
    configuration: { provider: ['stream_idle_timeout_ms = 3000'] },
    outcome: 'stream lost',
    says: /connection to the model was lost/i,
    ...backsOff,
  },
  {
    name: 'a stream that nobody gives up',
    meets: faults.silence,
    settings: { silentSeconds: 8 },
    outcome: 'interrupted',
    response: 'goes on',
    says: /fell silent/i,
    told: /fell silent/,
  },
  {
    name: 'no network',
    prepare: ({ line }) => line.cut(),
    meanwhile: async ({ line, untilLogged }) => {
      await untilLogged(/waiting for network/i);
      await line.mend();
    },
    outcome: 'completed',
    response: 'goes on',
    says: /"type":"waits","reason":"no network"[^]*"type":"goes-on"/,
    // They end as if the stream had been cut.
    notOn: ['0.130.0', '0.98.0'],
  },
  {
    name: 'a configuration that is none',
    configuration: { top: ['model = ', '[[['] },
    outcome: 'configuration',
    response: 'asks',
    says: /configuration: mend config\.toml/i,
  },
  {
    name: 'a provider that is none',
    configuration: { top: ['model_provider = "nowhere"'] },
    outcome: 'configuration',
    response: 'asks',
    says: /configuration: mend config\.toml/i,
  },
  {
    name: 'a conversation that is gone',
    prepare: ({ writeThreadId }) => writeThreadId('01a2023d-0000-7000-8000-000000000000'),
    options: ['--resume-last'],
    outcome: 'conversation gone',
    response: 'goes on',
    says: /not there any more/i,
    told: /no longer there/,
    // A new thread begins without a word there: see the row after this one.
    notOn: ['0.98.0'],
  },
  {
    name: 'another thread than the one asked for',
    prepare: ({ writeThreadId }) => writeThreadId('01a2023d-0000-7000-8000-000000000000'),
    options: ['--resume-last'],
    outcome: 'completed',
    response: 'goes on',
    says: /could not be resumed: this is a fresh one/i,
    notOn: ['0.169.0', '0.130.0'],
  },
  {
    name: 'another writer',
    prepare: ({ holdThread }) => holdThread(),
    meanwhile: async ({ untilSaid, letGoOfThread }) => {
      await untilSaid(/"reason":"another writer"/);
      await letGoOfThread();
    },
    options: ['--resume-last'],
    outcome: 'another writer',
    response: 'goes on',
    says: /another Codex \(pid \d+\) is working in the same conversation/i,
    // Two may write there.
    notOn: ['0.130.0', '0.98.0'],
  },
  {
    name: 'an end that nobody can explain',
    meets: { kind: 'failed', code: 'invalid_prompt', message: 'The stars are not right.' },
    always: true,
    outcome: 'unknown',
    response: 'gives up',
    says: /The stars are not right/,
  },
  {
    name: 'words of a program that sound like a limit',
    meets: undefined,
    prepare: ({ setWork }) =>
      setWork(`echo "You've hit your usage limit. Try again at 8:48 AM." | tee -a parts.txt`),
    outcome: 'completed',
    response: 'goes on',
    says: /ALL TASKS COMPLETED|"ending":"done"/,
  },
];

/** The rows of one version of Codex. */
export function rowsFor(version: string): FailureRow[] {
  return failureRows
    .filter(({ notOn = [] }) => !notOn.includes(version))
    .map((row) => ({ ...row, ...row.on?.[version] }));
}

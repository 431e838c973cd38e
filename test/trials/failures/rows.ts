// Every failure that can be played on loopback, one row each: what Codex meets in the first session, and how our
// program must recover. In later sessions the model answers normally, unless the row says otherwise.

import { faults, usageLimit } from '../../../source/demo/faults.ts';
import type { Answer } from '../../../source/demo/scripted-model.ts';
import type { RowDeps } from './play-row.ts';

/**
 * `goes on`: a second session does the step, and the run exits with 0. `asks`: the run exits with 1 and the reason,
 * since no user is there to fix it. `waits`: it waits, and says until when. `gives up`: it retries, then exits with 1.
 */
export type Response = 'goes on' | 'asks' | 'waits' | 'gives up';

export type FailureRow = {
  name: string;
  /** The answer to the first session's requests; null for the worker's own answer. */
  meets?: Answer;
  /** True if every session meets it. */
  always?: boolean;
  /** Extra lines for Codex's config.toml, at the top and for the provider. */
  configuration?: { top?: readonly string[]; provider?: readonly string[] };
  /** Our program's settings for this row alone: where silence counts after seconds, so does a slow start of Codex. */
  settings?: { silentSeconds: number };
  /** Called before our program starts. */
  prepare?: (deps: RowDeps) => Promise<void>;
  /** Called while it runs. */
  meanwhile?: (deps: RowDeps) => Promise<void>;
  options?: readonly string[];
  /** The first session's outcome in the log. */
  outcome: string;
  response: Response;
  /** The sentence that the user reads. */
  says: RegExp;
  /** What the next session is told about this one. */
  told?: RegExp;
  /** Versions of Codex that do not fail in this way, or cannot be made to. */
  notOn?: readonly string[];
  /** Versions with another message. */
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
    says: /rate limited by the model provider/i,
    ...backsOff,
  },
  {
    name: 'a rate limit in the stream',
    meets: faults.rateLimited,
    outcome: 'rate limit',
    says: /rate limited by the model provider/i,
    ...backsOff,
    on: { '0.130.0': streamLost, '0.98.0': streamLost },
  },
  {
    name: 'a used up quota',
    meets: faults.quotaExceeded,
    outcome: 'quota',
    response: 'asks',
    says: /used up its quota: check/i,
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
    says: /conversation is full/i,
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
    name: 'a 403 that passes',
    meets: { kind: 'http-error', status: 403, body: 'Request 401 was refused' },
    outcome: 'unavailable',
    says: /or a proxy before it, refuses access/,
    ...backsOff,
  },
  {
    name: 'a 402',
    meets: {
      kind: 'http-error',
      status: 402,
      body: { error: { message: 'Insufficient Balance' } },
    },
    outcome: 'quota',
    response: 'asks',
    says: /used up its quota: check .*Payment Required: Insufficient Balance/,
  },
  {
    name: 'a model that is not supported',
    meets: {
      kind: 'http-error',
      status: 400,
      body: { detail: "The 'gpt-5.5' model is not supported when using Codex here." },
    },
    outcome: 'configuration',
    response: 'asks',
    says: /model cannot be used: choose another .*\(Codex: The 'gpt-5\.5' model is not supported/,
  },
  {
    name: 'a context limit in the words of another provider',
    meets: {
      kind: 'http-error',
      status: 400,
      body: {
        error: {
          message:
            "This model's maximum context length is 32768 tokens. However, you requested 41210 tokens.",
        },
      },
    },
    outcome: 'context full',
    response: 'goes on',
    says: /conversation is full/i,
    told: /ran out of room/,
  },
  {
    name: 'a bad request that speaks of 401',
    meets: {
      kind: 'http-error',
      status: 400,
      body: { error: { message: "Invalid 'input[401].content[0].image_url'" } },
    },
    outcome: 'bad request',
    says: /does not accept the request: Invalid 'input\[401\]/,
    ...backsOff,
  },
  {
    name: 'a required MCP server that does not start',
    configuration: {
      provider: ['[mcp_servers.broken]', 'command = "/bin/false"', 'required = true'],
    },
    outcome: 'configuration',
    response: 'asks',
    says: /The MCP server broken, required in config\.toml, does not start/,
    // It does not know `required`.
    notOn: ['0.98.0'],
  },
  {
    name: 'a launcher that does not find its libraries',
    prepare: ({ breakLauncherOnce }) => breakLauncherOnce("version `GLIBC_2.39' not found"),
    outcome: 'codex missing',
    response: 'goes on',
    says: /Codex does not start: .*version `GLIBC_2\.39' not found/,
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
    name: 'a stream that Codex never gives up',
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
    // These versions end as if the stream had been cut.
    notOn: ['0.130.0', '0.98.0'],
  },
  {
    name: 'an invalid configuration',
    configuration: { top: ['model = ', '[[['] },
    outcome: 'configuration',
    response: 'asks',
    says: /cannot read .*config\.toml/i,
  },
  {
    name: 'an unknown provider',
    configuration: { top: ['model_provider = "nowhere"'] },
    outcome: 'configuration',
    response: 'asks',
    says: /configuration: fix config\.toml/i,
  },
  {
    name: 'a conversation that is gone',
    prepare: ({ writeThreadId }) => writeThreadId('01a2023d-0000-7000-8000-000000000000'),
    options: ['--resume-last'],
    outcome: 'conversation gone',
    response: 'goes on',
    says: /to resume no longer exists/i,
    told: /no longer there/,
    // These versions silently start a new thread: see the next row.
    notOn: ['0.98.0'],
  },
  {
    name: 'a different thread than the one to resume',
    prepare: ({ writeThreadId }) => writeThreadId('01a2023d-0000-7000-8000-000000000000'),
    options: ['--resume-last'],
    outcome: 'completed',
    response: 'goes on',
    says: /could not be resumed: this is a new one/i,
    notOn: ['0.171.0', '0.169.0', '0.130.0'],
  },
  {
    // No session is started before it is free, also where Codex would let two processes write to it.
    name: 'a conversation in use',
    prepare: ({ holdThread }) => holdThread(),
    meanwhile: async ({ untilSaid, letGoOfThread }) => {
      await untilSaid(/"type":"waits","reason":"The conversation is in use by pid \d+/);
      await letGoOfThread();
    },
    options: ['--resume-last'],
    outcome: 'completed',
    response: 'goes on',
    says: /the conversation is in use by pid \d+ \(codex exec\); to free it/i,
  },
  {
    name: 'an unexplained failure',
    meets: { kind: 'failed', code: 'invalid_prompt', message: 'The stars are not right.' },
    always: true,
    outcome: 'unknown',
    response: 'gives up',
    says: /The stars are not right/,
  },
  {
    name: 'program output that looks like a usage limit',
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

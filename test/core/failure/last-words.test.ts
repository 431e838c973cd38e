// Last words of Codex, from recordings, from its source, from the field and made up, with what each means. Every one
// names its reason, its recovery and the whole line that the user reads.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureLine, failureOf, type Failure } from '../../../source/core/failure/failure.ts';
import type { FailureReason, Recovery } from '../../../source/core/failure/failure-kinds.ts';

const nothing = { message: null, stderr: '', sandboxTrouble: null, exitCode: 1, signal: null };
const meaning = (message: string): Failure => failureOf({ ...nothing, message });

const trail = ', url: https://api.example.com/v1/responses, cf-ray: a107f611dd95354b-NRT';
const json = (message: string, more = {}): string =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', ...more } });
const inFile = '/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.39';

type Group = {
  reason: FailureReason;
  recovery: Recovery;
  sentence: string;
  /** Codex's message, and in brackets what the user reads of it when that differs. */
  says: readonly (string | [said: string, shown: string])[];
};

const groups: readonly Group[] = [
  {
    reason: 'usage limit',
    recovery: 'wait for the reset',
    sentence: 'The account has reached its usage limit',
    says: [
      'You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro) or try again at 9:52 AM.',
      "You've hit your usage limit for gpt-5.5. Switch to another model now, or try again at Nov 23rd, 2026 1:48 PM.",
    ],
  },
  {
    reason: 'login',
    recovery: 'ask the user',
    sentence: 'Codex is not logged in: run codex login',
    says: [
      'unexpected status 401 Unauthorized: Incorrect API key provided, url: http://127.0.0.1:4510/v1/responses',
      'exceeded retry limit, last status: 401 Unauthorized, request id: 429-503',
      'stream error: unexpected status 401 Unauthorized: quota exceeded, rate limit 429',
      `unexpected status 401 Unauthorized: Your limit is 500 requests, 429 of them used${trail}`,
      [
        `unexpected status 401 Unauthorized: ${json('Kein gültiger Schlüssel (Fehler 503)')}`,
        'unexpected status 401 Unauthorized: Kein gültiger Schlüssel (Fehler 503)',
      ],
      [
        'http 401 Unauthorized: Some("{\\"error\\":{\\"message\\":\\"Incorrect API key provided\\"}}")',
        'http 401 Unauthorized: Incorrect API key provided',
      ],
      [json('Incorrect API key provided: sk-…429'), 'Incorrect API key provided: sk-…429'],
      'Missing environment variable: `OPENAI_API_KEY`.',
      'Your access token could not be refreshed because your refresh token was already used. Please log out and sign in again.',
    ],
  },
  {
    reason: 'login',
    recovery: 'ask the user',
    sentence: 'The proxy asks for a login: set its user and password in HTTPS_PROXY',
    says: [
      [
        'unexpected status 407 Proxy Authentication Required: <html><title>ERR_ACCESS_DENIED</title></html>',
        'unexpected status 407 Proxy Authentication Required: ERR_ACCESS_DENIED',
      ],
    ],
  },
  {
    reason: 'quota',
    recovery: 'ask the user',
    sentence: 'The account has used up its quota: check its plan and billing',
    says: [
      'Quota exceeded. Check your plan and billing details.',
      'Your workspace is out of credits. Ask your workspace owner to refill in order to continue.',
      [
        `unexpected status 402 Payment Required: ${json('Insufficient Balance')}${trail}`,
        `unexpected status 402 Payment Required: Insufficient Balance${trail}`,
      ],
      'unexpected status 402 Payment Required: This request requires more credits, or fewer max_tokens.',
      [
        json('Your credit balance is too low to access the Anthropic API.'),
        'Your credit balance is too low to access the Anthropic API.',
      ],
      ['{"error":{"code":"1113","message":"余额不足,请充值。"}}', '余额不足,请充值。'],
      [
        `unexpected status 429 Too Many Requests: ${json('You have used 500 of 500.', { code: 'insufficient_quota' })}`,
        'unexpected status 429 Too Many Requests: You have used 500 of 500.',
      ],
      'unexpected status 403 Forbidden: Your team doesn’t have any credits yet.',
    ],
  },
  {
    reason: 'context full',
    recovery: 'fresh thread',
    sentence: 'The conversation is full',
    says: [
      'Codex ran out of room in the model’s context window. Start a new thread or clear earlier history before retrying.',
      // DeepSeek, and vLLM before 0.12
      [
        json(
          "This model's maximum context length is 32768 tokens. However, you requested 41210 tokens (37114 in the messages, 4096 in the completion).",
        ),
        "This model's maximum context length is 32768 tokens. However, you requested 41210 tokens (37114 in the messages, 4096 in the completion).",
      ],
      // OpenAI
      'Your input exceeds the context window of this model. Please adjust your input and try again.',
      ['{"error":{"code":"context_length_exceeded"}}', 'context_length_exceeded'],
      'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300429 tokens.',
      // Anthropic
      [
        '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208401 tokens > 200000 maximum"}}',
        'prompt is too long: 208401 tokens > 200000 maximum',
      ],
      'input length and `max_tokens` exceed context limit: 190429 + 20000 > 200000, decrease input length',
      // Mistral
      'Prompt contains 40429 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      // vLLM, SGLang, TGI
      "You passed 41210 input tokens and requested 4096 output tokens. However, the model's context length is only 32768 tokens",
      "The input (263000 tokens) is longer than the model's context length (262144 tokens).",
      '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens',
      // llama.cpp, LM Studio, Ollama
      'the request exceeds the available context size, try increasing it',
      'The number of tokens to keep from the initial prompt is greater than the context length.',
      'stream disconnected before completion: the input length exceeds the context length',
      // Gemini
      [
        '[{"error":{"code":400,"message":"The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).","status":"INVALID_ARGUMENT"}}]',
        'The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).',
      ],
      // Groq, Cerebras
      [
        `unexpected status 413 Payload Too Large: ${json('Request too large for model on tokens per minute (TPM): Limit 6000, Requested 8429')}`,
        'unexpected status 413 Payload Too Large: Request too large for model on tokens per minute (TPM): Limit 6000, Requested 8429',
      ],
      'Please reduce the length of the messages or completion. Current length is 9429 while limit is 8192',
      // xAI, Kimi, Copilot, MiniMax, Poolside, Bedrock, Cohere
      "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
      'Invalid request: Your request exceeded model token limit: 262144 (requested: 300401)',
      'prompt token count of 140503 exceeds the limit of 128000',
      'invalid params, context window exceeds limit (2013)',
      'Input length 131393 exceeds the maximum allowed input length of 131040 tokens.',
      'Input is too long for requested model.',
      'too many tokens: total number of tokens in the prompt cannot exceed 4081',
      // OpenRouter, which passes on another's body
      [
        JSON.stringify({
          error: {
            message: 'Provider returned error',
            code: 400,
            metadata: {
              raw: json("This endpoint's maximum context length is 131072 tokens."),
            },
          },
        }),
        "Provider returned error: This endpoint's maximum context length is 131072 tokens.",
      ],
      // DashScope, Zhipu
      'Range of input length should be [1, 129024]',
      ['{"error":{"code":"1261","message":"Prompt 超长"}}', 'Prompt 超长'],
      // LiteLLM, in Python's idea of JSON
      [
        "Error code: 400 - {'error': {'message': 'prompt is too long: 209429 tokens > 200000 maximum', 'type': None}}",
        'Error code: 400 - prompt is too long: 209429 tokens > 200000 maximum',
      ],
    ],
  },
  {
    reason: 'no access',
    recovery: 'ask the user',
    sentence:
      'The model provider does not serve this country or network: change the network (VPN, proxy) or the provider',
    says: [
      [
        `unexpected status 403 Forbidden: ${json('Country, region, or territory not supported', { code: 'unsupported_country_region_territory' })}`,
        'unexpected status 403 Forbidden: Country, region, or territory not supported',
      ],
      'User location is not supported for the API use.',
      'unexpected status 403 Forbidden: Workspace 401 is not authorized in this region.',
      'Access blocked by Cloudflare. This usually happens when connecting from a restricted region (status 403 Forbidden), url: https://chatgpt.com/backend-api/codex/responses',
      'unexpected status 451 Unavailable For Legal Reasons: Unknown error',
    ],
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    sentence: 'The model cannot be used: choose another one, in config.toml or with -- -m MODEL',
    says: [
      [
        `{"detail":"The 'gpt-5.5' model is not supported when using Codex with a ChatGPT account."}`,
        "The 'gpt-5.5' model is not supported when using Codex with a ChatGPT account.",
      ],
      `unexpected status 404 Not Found: Model not found gpt-5.5${trail}`,
      [
        `unexpected status 404 Not Found: ${json('The model `o9` does not exist or you do not have access to it.', { code: 'model_not_found' })}`,
        'unexpected status 404 Not Found: The model `o9` does not exist or you do not have access to it.',
      ],
      'unexpected status 403 Forbidden: Project `proj_503` does not have access to model `gpt-5.5`',
      'unexpected status 404 Not Found: model "qwen4:429b" not found, try pulling it first',
      ['{"error":{"message":"Model Not Exist"}}', 'Model Not Exist'],
      'unexpected status 403 Forbidden: Access to model gpt-5.5 is denied',
      'Your organization must be verified to use the model `gpt-5.5`.',
      'The model `mixtral-8x7b` has been decommissioned and is no longer supported.',
      ['{"error":"model is not allowed for this key"}', 'model is not allowed for this key'],
    ],
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    sentence: 'The model needs a newer Codex: update it, or choose another model',
    says: [
      [
        '{"detail":"The \'gpt-5.5\' model requires a newer version of Codex. Please upgrade to the latest app or CLI and try again."}',
        "The 'gpt-5.5' model requires a newer version of Codex. Please upgrade to the latest app or CLI and try again.",
      ],
    ],
  },
  {
    reason: 'rate limit',
    recovery: 'back off',
    sentence: 'Rate limited by the model provider',
    says: [
      'exceeded retry limit, last status: 429 Too Many Requests',
      'rate limit exceeded: slow down. Please try again in 1.2s.',
      'stream disconnected before completion: Rate limit reached for gpt-5.5 on tokens per min (TPM): Limit 30000, Used 29401.',
      [
        `unexpected status 429 Too Many Requests: ${json('You exceeded your current quota. Please retry in 40.2s.')}`,
        'unexpected status 429 Too Many Requests: You exceeded your current quota. Please retry in 40.2s.',
      ],
    ],
  },
  {
    reason: 'overloaded',
    recovery: 'back off',
    sentence: 'The model is overloaded',
    says: [
      'We’re currently experiencing high demand, which may cause temporary errors.',
      'Selected model is at capacity. Please try a different model.',
      'unexpected status 503 Service Unavailable: {}',
      'unexpected status 529 <unknown status code>: Overloaded',
      'exceeded retry limit, last status: 500 Internal Server Error',
      [
        `unexpected status 502 Bad Gateway: <html>\r\n<head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr>nginx/1.29.401</body></html>${trail}`,
        `unexpected status 502 Bad Gateway: 502 Bad Gateway${trail}`,
      ],
      [
        `unexpected status 500 Internal Server Error: ${json('upstream said: unexpected status 401 Unauthorized')}`,
        'unexpected status 500 Internal Server Error: upstream said: unexpected status 401 Unauthorized',
      ],
      'stream disconnected before completion: Our servers are currently overloaded. Please try again later.',
      ['{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', 'Overloaded'],
    ],
  },
  {
    reason: 'unavailable',
    recovery: 'back off',
    sentence: 'The model provider, or a proxy before it, refuses access',
    says: [
      'unexpected status 403 Forbidden: Unknown error',
      [
        `unexpected status 403 Forbidden: <!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><style>*{margin:0}.h2{font-size:401px}</style>${trail}`,
        `unexpected status 403 Forbidden: Just a moment...${trail}`,
      ],
      [
        'unexpected status 403 Forbidden: <?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request 401 denied</Message></Error>',
        'unexpected status 403 Forbidden: Request 401 denied',
      ],
      'unexpected status 403 Forbidden: アクセスが拒否されました (401)',
    ],
  },
  {
    reason: 'unavailable',
    recovery: 'back off',
    sentence:
      'The model provider, or a proxy before it, does not answer at this address: if it stays so, check base_url',
    says: [
      `unexpected status 404 Not Found: Unknown error${trail}`,
      'unexpected status 302 Found: Login page of the hotel, room 401',
    ],
  },
  {
    reason: 'stream lost',
    recovery: 'back off',
    sentence: 'The connection to the model was lost',
    says: [
      'stream disconnected before completion: idle timeout waiting for SSE',
      'stream disconnected before completion: Transport error: network error: error decoding response body',
      'stream disconnected before completion: error sending request for url (http://127.0.0.1:401/v1/responses)',
      'Connection failed: error sending request for url (https://api.example.com/429)',
      'request timed out',
      'unexpected status 408 Request Timeout: upstream took 503 ms',
    ],
  },
  {
    reason: 'network',
    recovery: 'wait for the network',
    sentence: 'The network is down',
    says: [
      'Reconnecting... waiting for network (error sending request)',
      'stream disconnected before completion: dns error: failed to lookup address information',
    ],
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    sentence:
      'The MCP server broken, required in config.toml, does not start: fix that, or remove required = true',
    says: [
      'Fatal error: Failed to initialize session: required MCP servers failed to initialize: broken: handshaking with MCP server failed: connection closed: initialize response',
      'required MCP servers failed to initialize: broken: unexpected status 401 Unauthorized: rate limit 429',
    ],
  },
  {
    reason: 'another writer',
    recovery: 'wait for the writer',
    sentence:
      'The conversation is in use by another Codex; to free it: quit that program, or codex agents, then x',
    says: ['thread 01a2-4290-401 already has an active writer'],
  },
];

const badRequests: readonly [said: string, shown: string][] = [
  [
    json("Invalid 'input[401].content[0].image_url'. Expected a valid URL.", { code: 'x' }),
    "Invalid 'input[401].content[0].image_url'. Expected a valid URL.",
  ],
  [
    `unexpected status 400 Bad Request: ${json("Invalid 'input[429]': unauthorized tool, rate limit of 503 ms timed out")}${trail}`,
    `unexpected status 400 Bad Request: Invalid 'input[429]': unauthorized tool, rate limit of 503 ms timed out${trail}`,
  ],
  [
    json("Invalid 'metadata': string too long. Expected a maximum length of 64, got 401."),
    "Invalid 'metadata': string too long. Expected a maximum length of 64, got 401.",
  ],
  [
    json("Unsupported parameter: 'temperature' is not supported with this model."),
    "Unsupported parameter: 'temperature' is not supported with this model.",
  ],
  ['{"detail":[{"loc":["body",401],"msg":"Field required"}]}', 'Field required'],
  ['{"detail":"Unauthorized tool 429 in the plan"}', 'Unauthorized tool 429 in the plan'],
  // Torn by Codex's limit
  [
    '{"error":{"message":"Ungültiger Wert \\"401\\" in Zeile 50',
    'Ungültiger Wert "401" in Zeile 50',
  ],
  [
    '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>',
    '400 The plain HTTP request was sent to HTTPS port',
  ],
  [
    'unexpected status 422 Unprocessable Entity: 不正なリクエスト 401',
    'unexpected status 422 Unprocessable Entity: 不正なリクエスト 401',
  ],
];

const rows = groups.flatMap(({ says, ...right }) =>
  says.map((one) => {
    const [said, shown] = typeof one === 'string' ? [one, one] : one;
    return { said, shown, ...right };
  }),
);

describe('last words of Codex', () => {
  test.each(rows)('$said', ({ said, shown, reason, recovery, sentence }) => {
    expect(meaning(said)).toEqual({ reason, recovery, sentence, codexMessage: shown });
    expect(failureLine(meaning(said))).toBe(`${sentence} (Codex: ${shown})`);
  });

  test.each(badRequests)('%s is a bad request, shown with its text', (said, shown) => {
    const sentence = `The model provider does not accept the request: ${shown}`;
    expect(meaning(said)).toEqual({
      reason: 'bad request',
      recovery: 'try again',
      sentence,
      codexMessage: shown,
    });
    expect(failureLine(meaning(said))).toBe(sentence);
  });

  test.each([
    'The hamster of cage 401 is tired.',
    'tool call 429 timed out at 503',
    "Invalid 'input[401].content[0].image_url'",
    'unauthorized change of the plan by tool 500',
    'Upstream: unexpected status 401 Unauthorized',
    'Invalid tool arguments: {"path": "a/401.txt"}',
  ])('without a status of Codex are shown as they are: %s', (said) => {
    expect(meaning(said)).toEqual({
      reason: 'unknown',
      recovery: 'try again',
      sentence: said,
      codexMessage: said,
    });
  });

  test('are clean, whatever a body escapes', () => {
    const said = `unexpected status 500 Internal Server Error: {"error":{"message":"no\\u001b[2J \\u202e\\nroom"}}`;
    expect(meaning(said).codexMessage).toBe(
      'unexpected status 500 Internal Server Error: no <202E> room',
    );
  });

  test('are at least sixty', () => {
    expect(rows.length + badRequests.length).toBeGreaterThan(60);
  });

  test('name each MCP server that does not start', () => {
    const said =
      'required MCP servers failed to initialize: docs-2: request timed out; db: connection closed';
    expect(meaning(said).sentence).toBe(
      'The MCP servers docs-2, db, required in config.toml, do not start: fix that, or remove required = true',
    );
  });
});

describe('what decides on stderr, when no conversation began', () => {
  const why = (stderr: string): Failure => failureOf({ ...nothing, stderr });

  test.each<[stderr: string, line: string]>([
    [
      `/opt/codex/codex: ${inFile}' not found (required by /opt/codex/codex)\n`,
      `/opt/codex/codex: ${inFile}' not found (required by /opt/codex/codex)`,
    ],
    [
      'dyld[401]: Library not loaded: /usr/lib/libx.dylib\n  Referenced from: /opt/codex\n  Reason: tried: 503',
      'dyld[401]: Library not loaded: /usr/lib/libx.dylib',
    ],
    ['sh: 1: codex: not found\n', 'sh: 1: codex: not found'],
    [
      "/usr/bin/env: 'node': No such file or directory\n",
      "/usr/bin/env: 'node': No such file or directory",
    ],
    [
      '/usr/bin/codex: line 2: /opt/codex/bin: No such file or directory',
      '/usr/bin/codex: line 2: /opt/codex/bin: No such file or directory',
    ],
    [
      'file:///opt/codex/bin/codex.js:100\n    throw new Error(\n          ^\n\nError: Missing optional dependency @openai/codex-linux-x64. Reinstall Codex\n    at file:///opt/codex/bin/codex.js:100:11\n    at node:internal/main:401\n\nNode.js v24.0.0\n',
      'Error: Missing optional dependency @openai/codex-linux-x64. Reinstall Codex',
    ],
    [
      "node:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\nError: Cannot find module '/opt/codex/codex.js'\n    at Module._load (node:internal:429:9) {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v22.22.0",
      "Error: Cannot find module '/opt/codex/codex.js'",
    ],
    [
      'Error: spawn /opt/codex/vendor/codex ENOENT\n    at ChildProcess {\n  errno: -2\n}',
      'Error: spawn /opt/codex/vendor/codex ENOENT',
    ],
    [
      'codex: error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file or directory',
      'codex: error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file or directory',
    ],
    [
      'bash: ./codex: cannot execute binary file: Exec format error',
      'bash: ./codex: cannot execute binary file: Exec format error',
    ],
  ])(
    'a launcher that cannot start Codex is waited for, and its line is shown: %s',
    (stderr, line) => {
      const sentence = `Codex does not start: ${line}`;
      const failure = why(`WARNING: proceeding, even though …\n${stderr}`);
      expect(failure).toEqual({
        reason: 'codex missing',
        recovery: 'wait for Codex',
        sentence,
        codexMessage: line,
      });
      expect(failureLine(failure)).toBe(sentence);
    },
  );

  test('a required MCP server is named, whatever backtrace follows', () => {
    const frames = Array.from(
      { length: 60 },
      (_, n) => `  ${n}: std::rt::lang_start\n   at src/${n}.rs:401`,
    );
    const line =
      'Error: thread/start: thread/start failed: error creating thread: Fatal error: Failed to initialize session: required MCP servers failed to initialize: broken: handshaking with MCP server failed: connection closed: initialize response (code -32603)';
    const stderr = `2026-11-22T07:53:11.956895Z ERROR codex_core: broken 401\n${line}\n\nStack backtrace:\n${frames.join('\n')}\n`;
    expect(why(stderr)).toMatchObject({
      reason: 'configuration',
      recovery: 'ask the user',
      sentence:
        'The MCP server broken, required in config.toml, does not start: fix that, or remove required = true',
      codexMessage: line,
    });
  });

  test.each([
    'Error loading config.toml: config profile `nightly` not found',
    'Error: config profile `nightly` not found',
    'Error: profile nightly: no such file or directory (os error 2)',
  ])('a profile that does not exist is named: %s', (line) => {
    expect(why(line)).toMatchObject({
      reason: 'configuration',
      recovery: 'ask the user',
      sentence: 'Codex has no profile nightly: correct -p after --, or add it to config.toml',
    });
  });

  test('of a chain of causes the last one is shown', () => {
    const stderr =
      'Error: cannot open the state\n\nCaused by:\n    0: in /home/me/.codex\n    1: database is locked\n\nStack backtrace:\n   0: main\n';
    expect(failureLine(why(stderr))).toBe('Error: cannot open the state: database is locked');
  });

  test('a line that nobody knows is in the sentence, too', () => {
    const stderr = 'Reading additional input from stdin...\nlicence check failed on seat 401\n';
    expect(why(stderr)).toEqual({
      reason: 'no result',
      recovery: 'try again',
      sentence: 'Codex ended without a result (exit code 1): licence check failed on seat 401',
      codexMessage: 'licence check failed on seat 401',
    });
  });
});

describe('whatever numbers a body holds', () => {
  const statuses: readonly [status: string, reason: FailureReason][] = [
    ['400 Bad Request', 'bad request'],
    ['401 Unauthorized', 'login'],
    ['402 Payment Required', 'quota'],
    ['403 Forbidden', 'unavailable'],
    ['404 Not Found', 'unavailable'],
    ['413 Payload Too Large', 'context full'],
    ['429 Too Many Requests', 'rate limit'],
    ['500 Internal Server Error', 'overloaded'],
    ['503 Service Unavailable', 'overloaded'],
    ['529 <unknown status code>', 'overloaded'],
  ];
  const word = fc.oneof(
    fc.constantFrom(
      '401',
      '429',
      '503',
      'status',
      '500:',
      'input[401]',
      'unauthorized',
      'timed out',
    ),
    fc.constantFrom(
      'rate limit',
      'too many requests',
      'high demand',
      'プラン',
      'Fehler',
      'http 401',
    ),
    fc.integer({ min: 100, max: 599 }).map(String),
    fc.string({ maxLength: 8 }),
  );
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  const body = fc.oneof(
    text,
    text.map((message) => JSON.stringify({ error: { message, code: null } })),
    text.map((detail) => JSON.stringify({ detail, status: 401, code: 429 })),
    text.map(
      (title) => `<html><head><title>${title}</title></head><body><h1>401</h1></body></html>`,
    ),
    text.map((message) => `{"error":{"message":"${message}`),
  );

  test.each(statuses)('%s stays what it is', (status, reason) => {
    fc.assert(
      fc.property(body, (said) => {
        expect(meaning(`unexpected status ${status}: ${said}`).reason).toBe(reason);
        expect(meaning(`unexpected status ${status}: ${said}${trail}`).reason).toBe(reason);
      }),
    );
  });

  test('JSON alone is a bad request: Codex passes on the body of no other status', () => {
    fc.assert(
      fc.property(text, (message) => {
        const said = JSON.stringify({ error: { message, param: 401 } });
        expect(meaning(said).reason).toBe('bad request');
      }),
    );
  });
});

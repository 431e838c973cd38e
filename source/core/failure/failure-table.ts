// The table of failures: every way in which a session can fail, its recovery and the sentence for the user. A row
// goes by what Codex says, by a status that Codex wrote, or by what the provider calls it. Codex versions word things
// differently, so patterns of Codex's own words are short. Specimens: test/fixtures/codex, one directory per version.

import type { FailureRow } from './failure-kinds.ts';
import { configurationSentence, mcpSentence, profileSentence } from './failure-names.ts';
import { inUseBy } from './in-use.ts';
import {
  contextFullCodes,
  countryCodes,
  modelCodes,
  quotaCodes,
  saysContextFull,
  saysCountry,
  saysModel,
  saysQuota,
} from './provider-words.ts';

/** The first matching row wins, so specific rows come before general ones. */
export const failureTable: readonly FailureRow[] = [
  {
    reason: 'configuration',
    recovery: 'ask the user',
    // Before all others: what follows are the server's own words.
    says: /required mcp servers? failed to initialize/iu,
    sentence: 'An MCP server that Codex requires does not start: fix it in config.toml',
    named: mcpSentence,
  },
  {
    reason: 'usage limit',
    recovery: 'wait for the reset',
    says: /hit your usage limit|usage limit has been reached/iu,
    code: /^usage_limit_reached$/u,
    sentence: 'The account has reached its usage limit',
  },
  // Before the account's quota: a disk has a quota, too.
  {
    reason: 'disk full',
    recovery: 'ask the user',
    says: /no space left on device|disk (?:is )?full|quota exceeded \(os error|\(os error 28\)/iu,
    sentence: 'The disk is full: free some space',
  },
  {
    reason: 'quota',
    recovery: 'ask the user',
    // Limits that do not reset with time: the user has to pay, or an administrator to raise them.
    says: /out of credits|hit your spend cap|reached your (?:workspace credit|usage) limit|to use codex with your chatgpt plan/iu,
    status: /^402$/u,
    providerSays: saysQuota,
    code: quotaCodes,
    refines: /^(?:|400|403|429)$/u,
    sentence: 'The account has used up its quota: check its plan and billing',
  },
  {
    reason: 'context full',
    recovery: 'fresh thread',
    says: /ran out of room in the model.s context window/iu,
    status: /^413$/u,
    providerSays: saysContextFull,
    code: contextFullCodes,
    sentence: 'The conversation is full',
  },
  {
    reason: 'no access',
    recovery: 'ask the user',
    says: /^(?:[\w ]+: )*access blocked by cloudflare/iu,
    status: /^451$/u,
    providerSays: saysCountry,
    code: countryCodes,
    sentence:
      'The model provider does not serve this country or network: change the network (VPN, proxy) or the provider',
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    providerSays: /requires a newer version of codex/iu,
    sentence: 'The model needs a newer Codex: update it, or choose another model',
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    providerSays: saysModel,
    code: modelCodes,
    sentence: 'The model cannot be used: choose another one, in config.toml or with -- -m MODEL',
  },
  {
    reason: 'conversation gone',
    recovery: 'fresh thread',
    says: /no rollout found|conversation not found|thread not found|no thread with id|no saved session found/iu,
    sentence: 'The conversation to resume no longer exists',
  },
  {
    reason: 'another writer',
    recovery: 'wait for the writer',
    says: /already has an active writer/iu,
    sentence: inUseBy([]),
  },
  {
    reason: 'login',
    recovery: 'ask the user',
    says: /not logged in|access token could not be refreshed|please (?:log|sign) in|sign in again|missing environment variable/iu,
    status: /^401$/u,
    providerSays: /(?:incorrect|invalid) api key|api key not valid/iu,
    code: /^(?:invalid_api_key|authentication_error|API_KEY_INVALID|token_expired|token_invalidated)$/u,
    sentence: 'Codex is not logged in: run codex login',
  },
  {
    reason: 'login',
    recovery: 'ask the user',
    status: /^407$/u,
    sentence: 'The proxy asks for a login: set its user and password in HTTPS_PROXY',
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    says: /\bprofile \W?[\w.-]+\W{0,3}(?:(?:was )?not found|does not exist|no such file)/iu,
    sentence: 'Codex does not know the profile: correct -p after --, or add it to config.toml',
    named: profileSentence,
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    says: /error loading config|invalid config|unknown (?:model )?provider|model provider .* not found/iu,
    sentence: 'Codex cannot read its configuration: fix config.toml',
    named: configurationSentence,
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    says: /unexpected argument|invalid value .* for '-/iu,
    sentence: 'Codex does not accept an argument: change those given after --, or update Codex',
  },
  {
    reason: 'network',
    recovery: 'wait for the network',
    says: /waiting for network|network is unreachable|dns error|failed to lookup address|could not resolve host|no route to host/iu,
    sentence: 'The network is down',
  },
  {
    reason: 'rate limit',
    recovery: 'back off',
    says: /^(?:[\w ]+: )?(?:rate limit|too many requests)/iu,
    status: /^429$/u,
    code: /^(?:rate_limit_exceeded|rate_limit_error|too_many_requests|RESOURCE_EXHAUSTED)$/u,
    sentence: 'Rate limited by the model provider',
  },
  {
    reason: 'overloaded',
    recovery: 'back off',
    says: /selected model is at capacity|capacity is unavailable|experiencing high demand|(?:server|model)s? (?:is|are) (?:currently )?overloaded/iu,
    status: /^(?:409|423|425|5\d\d)$/u,
    code: /^(?:overloaded_error|server_error|internal_server_error|server_is_overloaded|slow_down|UNAVAILABLE)$/u,
    sentence: 'The model is overloaded',
  },
  {
    reason: 'unavailable',
    recovery: 'back off',
    status: /^403$/u,
    sentence: 'The model provider, or a proxy before it, refuses access',
  },
  {
    reason: 'unavailable',
    recovery: 'back off',
    status: /^(?:3\d\d|404|405|410|421)$/u,
    sentence:
      'The model provider, or a proxy before it, does not answer at this address: if it stays so, check base_url',
  },
  {
    reason: 'stream lost',
    recovery: 'back off',
    says: /^(?:[\w ]+: )?(?:stream (?:error|closed|disconnected)|connection (?:failed|reset|closed|refused)|(?:idle|request|operation) time(?:d )?out)|error sending request|error decoding response body|error while reading the server response/iu,
    status: /^408$/u,
    sentence: 'The connection to the model was lost',
  },
  {
    reason: 'bad request',
    recovery: 'try again',
    status: /^4\d\d$/u,
    sentence: 'The model provider does not accept the request: …',
  },
  {
    reason: 'codex missing',
    recovery: 'wait for Codex',
    launcherSays:
      /missing optional dependency|cannot find (?:module|package)|command not found|: not found$|: no such file or directory$|: permission denied$|exec format error|cannot execute|text file busy|spawn .+ E[A-Z]+$|GLIBC(?:XX)?_|loading shared libraries|library not loaded/iu,
    sentence: 'Codex does not start: …',
  },
];

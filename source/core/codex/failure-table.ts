// The table of failures: every way in which a session can fail, its recovery and the sentence for the user. Codex
// versions word things differently, so patterns are short. Specimens: test/fixtures/codex, one directory per version.

export type FailureReason =
  | 'usage limit'
  | 'rate limit'
  | 'overloaded'
  | 'stream lost'
  | 'network'
  | 'context full'
  | 'conversation gone'
  | 'another writer'
  | 'login'
  | 'quota'
  | 'configuration'
  | 'no sandbox'
  | 'disk full'
  | 'no checklist'
  | 'no result'
  | 'stalled'
  | 'unknown';

/** The recovery. `try again` is for unclassified failures: it backs off, and gives up after five in a row. */
export type Recovery =
  | 'wait for the reset'
  | 'back off'
  | 'wait for the network'
  | 'fresh thread'
  | 'wait for the writer'
  | 'climb the ladder'
  | 'try again'
  | 'ask the user';

type FailureRow = { reason: FailureReason; recovery: Recovery; says: RegExp; sentence: string };

/** For the user who wants the conversation back: `x` there ends an agent. */
export const howToFree = 'to free it: codex agents, then x';

/** The first matching row wins, so specific rows come before general ones. */
export const failureTable: readonly FailureRow[] = [
  {
    reason: 'usage limit',
    recovery: 'wait for the reset',
    says: /hit your usage limit|usage_limit_reached|usage limit has been reached/iu,
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
    says: /quota exceeded|insufficient_quota|check your plan and billing|out of credits|hit your spend cap|reached your (?:workspace credit|usage) limit|to use codex with your chatgpt plan/iu,
    sentence: 'The account has used up its quota: check its plan and billing',
  },
  {
    reason: 'context full',
    recovery: 'fresh thread',
    says: /ran out of room in the model.s context window|context_length_exceeded|context window (?:is )?(?:full|exceeded)/iu,
    sentence: 'The conversation is full',
  },
  {
    reason: 'conversation gone',
    recovery: 'fresh thread',
    says: /no rollout found|conversation not found|thread not found|no saved session found/iu,
    sentence: 'The conversation to resume no longer exists',
  },
  {
    reason: 'another writer',
    recovery: 'wait for the writer',
    says: /already has an active writer/iu,
    sentence: `The conversation is in use by another Codex; ${howToFree}`,
  },
  {
    reason: 'login',
    recovery: 'ask the user',
    says: /\b401\b|unauthorized|not logged in|access token could not be refreshed|please (?:log|sign) in|missing environment variable/iu,
    sentence: 'Codex is not logged in: run codex login',
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    says: /error loading config|invalid config|unknown (?:model )?provider|model provider .* not found/iu,
    sentence: 'Codex cannot read its configuration: fix config.toml',
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
    says: /waiting for network|network is unreachable|dns error|failed to lookup address|no route to host/iu,
    sentence: 'The network is down',
  },
  {
    reason: 'rate limit',
    recovery: 'back off',
    says: /\b429\b|rate limit|too many requests/iu,
    sentence: 'Rate limited by the model provider',
  },
  {
    reason: 'overloaded',
    recovery: 'back off',
    says: /at capacity|capacity is unavailable|high demand|overloaded|\b50[0234]\b|internal server error|bad gateway|service unavailable/iu,
    sentence: 'The model is overloaded',
  },
  {
    reason: 'stream lost',
    recovery: 'back off',
    says: /stream disconnected|stream closed|connection (?:reset|closed|refused)|error sending request|idle timeout|timed? ?out/iu,
    sentence: 'The connection to the model was lost',
  },
];

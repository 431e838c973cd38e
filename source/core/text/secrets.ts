// Masks keys and passwords that a program printed, before they reach the screen or a message.
// It recognises shapes, not secrets: it must leave ordinary text, UUIDs and hashes alone, and it does not
// guarantee that no secret is ever shown.
// Programs choose the text, so every pattern has a start that is found quickly and bounded repetitions.

type Pattern = {
  shape: RegExp;
  masked: (match: string, name: string, secret: string) => string;
};

const mask = '…[masked]';
const firstFour = (key: string): string => key.slice(0, 4) + mask;

/** Not in the middle of a longer word: the `sk-…` in `task-…` is not a key. Also keeps a failing search short. */
const wordStart = '(?<![A-Za-z0-9_-])';
const wordEnd = '(?![A-Za-z0-9_-])';

/** Shapes that are proof enough: they do not occur by accident. */
const keyShapes = [
  // OpenAI, Anthropic, OpenRouter: sk-proj-…, sk-ant-api03-…, and the old sk- with letters and digits only
  'sk-(?:proj|svcacct|ant)-[A-Za-z0-9_-]{12,}',
  'sk-(?:admin|or)-[A-Za-z0-9_-]{20,}',
  `sk-[A-Za-z0-9]{16,}${wordEnd}`,
  // Stripe
  '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}',
  // GitHub, GitLab, npm, Hugging Face
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'glpat-[A-Za-z0-9_-]{16,}',
  'npm_[A-Za-z0-9]{30,}',
  'hf_[A-Za-z0-9]{30,}',
  // AWS, Google, Slack
  `(?:AKIA|ASIA)[A-Z0-9]{16}${wordEnd}`,
  'AIza[A-Za-z0-9_-]{30,}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,}',
  // A JSON Web Token: eyJ<header>.eyJ<payload>.<signature>
  'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}',
].join('|');

/** Names that mark their value as secret; a prefix (`GITHUB_TOKEN`, `dbPassword`) may come before. */
const secretName =
  '(?:password|passwd|passphrase|pwd|secret|token|(?:api|access|secret|private)[_-]?key)';

// No brackets, no dollar signs: `token=getToken()`, `token=$TOKEN` and `<token>` are not secrets.
const barred = '\\s"\'`,;&<>(){}\\[\\]$|…';
const hasDigit = `(?=[^\\d${barred}]{0,64}\\d)`;
// The long form takes everything that follows, so it never reads the same text twice.
const value = `([^${barred}]{512,}|[^${barred}]{8,511}(?=$|[\\s"'\`,;&>)}\\]|]))`;
const quotedValue = '(?:[^\\s"\'`{}<>…]{512,}|[^\\s"\'`{}<>…$][^\\s"\'`{}<>…]{7,511}(?=["\']))';
const propertyPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

const begin = '-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----';
const end = '-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----';

const patterns: readonly Pattern[] = [
  {
    // A private key, whole, or broken off: then as far as its lines look like a key.
    // Its line breaks may be escaped (`\n`), as in JSON. A masked key is extended when more of it arrives.
    shape: new RegExp(
      `(${begin})(?:${mask.replace(/[[\]]/g, '\\$&')})?(?:(?:[^-]|-(?!----)){0,16384}${end}|(?:(?:\\s|\\\\[nr])+[A-Za-z0-9+/=]{16,})*)`,
      'g',
    ),
    masked: (_, first) => first + mask,
  },
  { shape: new RegExp(`${wordStart}(?:${keyShapes})`, 'g'), masked: firstFour },
  {
    // Authorization: Bearer abc…. Short and without a digit it is probably prose: "bearer authentication".
    shape: /\b(bearer[ \t]{1,4})(?=[A-Za-z._~+/=-]{0,64}\d|[A-Za-z._~+/=-]{20})[\w.~+/=-]{8,}/gi,
    masked: (_, scheme) => scheme + mask,
  },
  {
    // https://user:password@host
    shape: /(:\/\/[^\s:/@]{0,64}:)(?![${<*])[^\s/@]{1,256}@/g,
    masked: (_, user) => `${user}${mask}@`,
  },
  {
    // password='hunter2…', "api_key": "…"
    shape: new RegExp(`(${secretName}["']?\\s{0,3}[:=]\\s{0,3}["'])${quotedValue}`, 'gi'),
    masked: (_, name) => name + mask,
  },
  {
    // PASSWORD=…, as shells and URLs write it.
    shape: new RegExp(`(${secretName}=)${value}`, 'gi'),
    masked: maskedUnlessCode,
  },
  {
    // token: …, api-key = … and --token …, whose values are usually words: only with a digit.
    shape: new RegExp(
      `(${secretName}(?:\\s{0,3}[:=]\\s{1,3}|:)|--[a-z-]{0,16}${secretName}\\s)${hasDigit}${value}`,
      'gi',
    ),
    masked: maskedUnlessCode,
  },
];

/** A masked key shows its first four characters (`sk-p…[masked]`), the value of a secret name none. */
export function maskSecrets(text: string): string {
  return patterns.reduce((masked, { shape, masked: by }) => masked.replace(shape, by), text);
}

/** `token=process.env.TOKEN` names the place of a secret but is not one. */
function maskedUnlessCode(match: string, name: string, secret: string): string {
  return propertyPath.test(secret) ? match : name + mask;
}

// Secrets that a name gives away: PASSWORD=…, "api_key": "…", token: …, --token …, <password>…</password>. Much code and
// prose is written with these names, so a value must look like one.

export const mask = '…[masked]';

export type SecretPattern = {
  /** In lower case; a text with none of them is not searched. */
  keywords: readonly string[];
  /** Made at first use: most are never needed. */
  shape: () => RegExp;
  masked: (match: string, name: string, ...rest: string[]) => string;
};

/** Compiled once, when a text has a keyword of it. */
export function lazily(source: string, flags: string): () => RegExp {
  let made: RegExp | null = null;
  return () => (made ??= new RegExp(source, flags));
}

/** Which keys are secret; any other (`cacheKey`, `PUBLIC_KEY`) may be shown. */
const keyKinds = [
  ...['access', 'account', 'admin', 'api', 'app', 'auth', 'cookie', 'crypt', 'deploy', 'encrypt'],
  ...['encrypted', 'encryption', 'hmac', 'jwt', 'licen[sc]e', 'master', 'private', 'secret'],
  ...['service', 'session', 'shared', 'signature', 'signing', 'storage', 'subscription', 'webhook'],
].join('|');
/**
 * A prefix (`GITHUB_TOKEN`, `dbPassword`) may come before. What has to stand before is looked at last: a pattern that
 * begins with one of a few letters is searched three times as fast.
 */
const secretName = [
  // `DB_PASS` and `pass`, not `COMPASS` and `bypass`.
  'pass(?:word|wort|wd|phrase|(?<![A-Za-z]pass))',
  'pwd|secret|token|credentials?',
  `key(?<=(?:${keyKinds})[_-]?key)(?:[_-]?base)?`,
  'salt(?<=(?:auth|nonce|logged_in|password|secret|cookie)[_-]?salt)',
].join('|');

// No brackets, no dollar sign in front: `token=getToken()`, `token=$TOKEN` and `<token>` are not secrets.
const barred = '\\s"\'`,;&<>(){}\\[\\]|…\\\\';
const hasDigit = `(?=[^\\d${barred}]{0,64}\\d)`;
const valueEnd = '(?=$|[\\s"\'`,;&>)}\\]|]|\\\\[nr"\'])';
/** The long form takes everything that follows, so it never reads the same text twice. */
const value = `[^${barred}$](?:[^${barred}]{511,}|[^${barred}]{5,510}${valueEnd})`;
const quotedValue =
  '[^\\s"\'`{}<>…$\\\\](?:[^\\s"\'`{}<>…]{511,}|[^\\s"\'`{}<>…]{5,510}(?=\\\\?["\']))';

const assigned = [
  // password='hunter2', "api_key": "…", and the same within a text of JSON: \"password\": \"…\"
  `(\\\\?["']?\\s{0,3}(?:=>|[:=])\\s{0,3}\\\\?["'])(${quotedValue})`,
  // PASSWORD=…, as shells, URLs and connection strings write it.
  `(=)(${value})`,
  // token: …, api-key = … and --token …, whose values are usually words: only with a digit.
  `(\\s{0,3}[:=]\\s{1,3}|:|(?<=--[a-z-]{0,30})\\s)${hasDigit}(${value})`,
  // <password>…</password>
  '(?<=<[\\w:.-]{0,32})(>)([^<>\\s…]{4,512})(?=</)',
].join('|');

export const namedSecrets: readonly SecretPattern[] = [
  {
    keywords: ['pass', 'pwd', 'secret', 'token', 'credential', 'key', 'salt'],
    shape: lazily(`(${secretName})(?:${assigned})`, 'gi'),
    masked: (match, name, ...rest) => {
      const groups = rest.slice(0, 8);
      const [at, text] = rest.slice(8) as unknown as [number, string];
      const sign = groups.find((group, place) => place % 2 === 0 && group !== undefined) ?? '';
      const secret = match.slice(name.length + sign.length);
      const before = text.slice(Math.max(0, at - 20), at);
      const isPassword = /^p/i.test(name);
      if (!isPassword && secret.length < 8 && sign !== '>') return match;
      return isHarmless({ before, name, sign, secret }) ? match : name + sign + mask;
    },
  },
  {
    // NAME_KEY=… and NAME_AUTH=…, where the name alone proves nothing: only what looks random.
    keywords: ['_key', '_auth', '_salt', '_pw'],
    shape: () =>
      /((?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{0,40}_(?:KEY|AUTH|SALT|PW)=["']?)([\w+/=.:~-]{12,512})(?![\w+/=.:~-])/g,
    masked: (match, name, secret) =>
      /PUBLIC|CACHE|SORT|PRIMARY|FOREIGN|PARTITION|HOST|INDEX|OBJECT/.test(name) ||
      filePath.test(secret) ||
      !looksRandom(secret)
        ? match
        : name + mask,
  },
];

/** Letters and digits, and hardly any twice: not a word, a version or a name with a number. */
function looksRandom(text: string): boolean {
  return /\d/.test(text) && /[A-Za-z]/.test(text) && entropy(text) >= 3.5;
}

/** Shannon's, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const propertyPath = /^[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$/;
/** `$TOKEN`, `%TOKEN%`, `@TOKEN@`, and what stands for a value: `********`, `xxxxxxxx`, `your-token-here`. */
const placeholder = /^(?:\$.*|%\w+%|@\w+@|(.)\1{0,63}|your[-_].*|my[-_]\w*[-_]here|\.{3}.*)$/i;
const word =
  /^(?:true|false|null|none|nil|undefined|string|number|boolean|required|optional|redacted|masked|hidden)$/i;
/** The directory of the shell, and a key's file. */
const filePath =
  /^(?:(?:~|\.{1,2})\/|[A-Za-z]:[\\/]|\/(?:app|bin|data|dev|etc|home|mnt|nix|opt|private|proc|root|run|srv|tmp|Users|usr|var|workspace)(?:\/|$))[\w ./@:\\-]*$/;
const shellDirectory = /(?:^|[^A-Za-z0-9_])(?:OLD)?$/;
/** In code, a variable that is named after what it holds: `token=accessToken`, `password: new_password`. */
const variable =
  /^(?=.*(?:[tT]oken|[pP]assword|[sS]ecret|[kK]ey|[cC]redential))(?:[a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:_[a-z]+)+)$/;

type Named = { before: string; name: string; sign: string; secret: string };

function isHarmless({ before, name, sign, secret }: Named): boolean {
  // No path and no variable is so long, and looking closely takes time.
  if (secret.length > 512) return false;
  if (propertyPath.test(secret) || placeholder.test(secret) || word.test(secret)) return true;
  if (filePath.test(secret)) return true;
  if (name === 'PWD' && shellDirectory.test(before)) return secret.startsWith('/');
  // A test's counts: `pass=1532 fail=0`.
  if (/^pass$/i.test(name) && /^\d+$/.test(secret)) return true;
  const isCode = name !== name.toUpperCase() && !/["']/.test(sign);
  return isCode && variable.test(secret);
}

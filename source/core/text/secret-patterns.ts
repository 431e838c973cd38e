// What a secret looks like: patterns that are searched where a text has one of their keywords. Programs choose the text, so
// every pattern has a start that is found quickly and bounded repetitions.

import { keyShapes, namedShapes } from './key-shapes.ts';
import { ownShapes } from './own-shapes.ts';
import { entropy, lazily, mask, namedSecrets, type SecretPattern } from './secret-names.ts';

const firstFour = (key: string): string => key.slice(0, 4) + mask;
const behindName = (_: string, name: string): string => name + mask;

/**
 * Not in the middle of a longer word: the `sk-…` in `task-…` is not a key. Also keeps a failing search short. The look
 * back comes behind the prefix, because a pattern that begins with one is not searched quickly.
 */
function ownShape([prefix, rest]: readonly [string, string]): string {
  const literal = prefix.replace('.', '\\.');
  return `${literal}(?<![A-Za-z0-9_-]${literal})${rest}`;
}

// What gitleaks has between the name of a service and its secret.
const gap = '[ \\t\\w.-]{0,20}';
const tellingGap = `${gap}?(?:key|token|secret|auth|pass|cred|access)${gap}`;
const operator = '[\\s\'"]{0,3}(?:=|>|:{1,3}=|\\|\\||:|=>|\\?=|,)[\\x60\'"\\s=]{0,5}';

const begin = '-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----';
const end = '-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----';

export const secretPatterns: readonly SecretPattern[] = [
  {
    // A private key, whole, or broken off: then as far as its lines look like a key.
    // Its line breaks may be escaped (`\n`), as in JSON. A masked key is extended when more of it arrives.
    keywords: ['private key'],
    shape: lazily(
      `(${begin})(?:${mask.replace(/[[\]]/g, '\\$&')})?(?:(?:[^-]|-(?!----)){0,16384}${end}|(?:(?:\\s|\\\\[nr])+[A-Za-z0-9+/=]{16,})*)`,
      'g',
    ),
    masked: behindName,
  },
  // One pattern each: one of them all would be slow, and texts with one of the keywords are many.
  ...ownShapes.map((own): SecretPattern => ({
    keywords: [own[0].toLowerCase()],
    shape: lazily(ownShape(own), 'g'),
    masked: firstFour,
  })),
  {
    // Azure
    keywords: [...'0123456789'].map((digit) => `${digit}q~`),
    shape: () => /(?<![\w~.-])[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~-])/g,
    masked: firstFour,
  },
  {
    // Twilio
    keywords: [...'0123456789abcdef'].map((digit) => `sk${digit}`),
    shape: () => /SK(?<![A-Za-z0-9_-]SK)[0-9a-fA-F]{32}/g,
    masked: firstFour,
  },
  {
    // Mailchimp
    keywords: ['-us1', '-us2', '-us3', '-us4', '-us5', '-us6', '-us7', '-us8', '-us9'],
    shape: () => /(?<![\w-])[a-f0-9]{32}-us\d{1,2}/g,
    masked: firstFour,
  },
  {
    // A Telegram bot, in addresses behind the word `bot`.
    keywords: [':aa'],
    shape: () => /(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{33}/g,
    masked: firstFour,
  },
  ...keyShapes.map(([, keywords, source, flags, least]): SecretPattern => ({
    keywords: keywords.split(' '),
    shape: lazily(source, `g${flags}`),
    masked: (match, ...groups) => {
      const secret = secretOf(match, groups);
      return entropy(secret) < least ? match : match.replace(secret, () => firstFour(secret));
    },
  })),
  ...namedShapes.map(([, keywords, name, secret, between, least]): SecretPattern => ({
    keywords: keywords.split(' '),
    shape: lazily(`(${name}${between === 'any' ? gap : tellingGap}${operator})(?:${secret})`, 'gi'),
    masked: (match, before) =>
      entropy(match.slice(before.length)) < least ? match : before + mask,
  })),
  {
    // Authorization: Bearer abc…. Short and without a digit it is probably prose: "bearer authentication".
    keywords: ['bearer'],
    shape: () =>
      /\b(bearer[ \t]{1,4})(?=[A-Za-z._~+/=-]{0,64}\d|[A-Za-z._~+/=-]{20})[\w.~+/=-]{8,}/gi,
    masked: behindName,
  },
  {
    // Authorization: Basic dXNlcjpwYXNz, Authorization: token abc…, Proxy-Authorization: …
    keywords: ['authorization'],
    shape: () =>
      /\b(authorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:(?:basic|token|apikey|api-key|key|digest|negotiate|ntlm|splunk|oauth|sso-key)[ \t]{1,4})?)(?!bearer|basic|digest|required|missing|header)[\w.~+/=:-]{8,}/gi,
    masked: (match, name) =>
      /[\d=]|[a-z][A-Z]/.test(match.slice(name.length)) ? name + mask : match,
  },
  {
    // Cookie: session=…, Set-Cookie: sid=…; Path=/
    keywords: ['cookie:', 'cookie"', "cookie'"],
    shape: () => /(cookie\\?["']?:\s{0,3}\\?["']?[^\s=;:"'…]{1,64}=)[^\s;"'…\\]{16,4096}/gi,
    masked: behindName,
  },
  {
    // A webhook's address is its password: Slack, Discord, Teams, Zapier, IFTTT, and a Telegram bot.
    keywords: ['hooks.slack.com', '/webhooks/', 'webhookb2', 'hooks.zapier.com', 'maker.ifttt.com'],
    shape: () =>
      /((?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api(?:\/v\d{1,2})?\/webhooks\/\d{5,24}|webhook\.office\.com\/webhookb2|hooks\.zapier\.com\/hooks\/catch|maker\.ifttt\.com\/use)\/)[\w/@+.-]{16,}/gi,
    masked: behindName,
  },
  {
    // https://user:password@host
    keywords: ['://'],
    shape: () => /(:\/\/[^\s:/@]{0,64}:)(?![${<*…])[^\s/@]{1,256}@/g,
    masked: (_, user) => `${user}${mask}@`,
  },
  {
    // https://TOKEN@host, as Sentry and git have it.
    keywords: ['://'],
    shape: () => /(:\/\/)(?=[A-Za-z_-]{0,64}\d)[\w-]{20,256}@/g,
    masked: (_, start) => `${start}${mask}@`,
  },
  {
    // The signature of an address that is signed: Azure, AWS, Google.
    keywords: ['sig=', 'signature='],
    shape: () => /([?&](?:sig|x-amz-signature|x-goog-signature|signature)=)[\w%+/=-]{16,}/gi,
    masked: behindName,
  },
  {
    // curl -u user:password
    keywords: ['curl'],
    shape: () =>
      /(\bcurl\b[^\n|;…]{0,300}?\s(?:-u|--user|--proxy-user)[ =]{0,2}["']?[^\s"':…$]{1,64}:)(?!\$)[^\s"'…]{3,256}/g,
    masked: behindName,
  },
  {
    // sshpass -p …, mysql -p…
    keywords: ['sshpass', 'mysql'],
    shape: () =>
      /(\bsshpass\s{1,3}-p\s{0,3}["']?|\bmysql(?:dump|admin)?\b[^\n|;…]{0,200}?\s-p(?!ort|rotocol|assword|\s|\$)["']?)(?!\$)[^\s"'…]{4,256}/g,
    masked: behindName,
  },
  ...namedSecrets,
];

/** The first group that took part, else all of it. The groups are followed by the place and by the text. */
function secretOf(match: string, groups: readonly unknown[]): string {
  const first = groups.slice(0, -2).find((group) => typeof group === 'string' && group !== '');
  return typeof first === 'string' ? first : match;
}

// Codex's last message, taken apart: the status that Codex wrote, Codex's own words, and what the provider said. A
// number is a status only where Codex writes one. Each of these was seen or is in Codex's source:
//
//   unexpected status 401 Unauthorized: BODY, url: https://…/responses, cf-ray: …, request id: …
//   exceeded retry limit, last status: 429 Too Many Requests, request id: …
//   http 401 Unauthorized: Some("BODY")
//   Access blocked by Cloudflare. This usually happens … (status 403 Forbidden), url: …
//   BODY alone: a 400, whose body Codex passes on without its status
//   stream disconnected before completion: what the provider said

import { bodyStart, readBody, type ProviderBody } from './provider-body.ts';

export type CodexReport = {
  /** The HTTP status; empty where Codex wrote none. */
  status: string;
  /** Codex's own words. Without a status they may be a provider's, too: Codex passes plain text on as it is. */
  own: string;
  /** The provider's words, and what it calls the error. */
  provider: string;
  codes: readonly string[];
  /** The whole message for people: a body is replaced by its text. */
  shown: string;
};

/** Codex's messages are much shorter; another program may write anything. */
const longestRead = 64 * 1024;

/** What Codex puts before another message. */
const lead =
  /^(?:(?:error|fatal error|stream error|stream disconnected before completion|error running \w+ compact task|(?:thread|turn)\/\w+(?: failed)?|error creating thread|failed to initialize session): )+/iu;
const withStatus =
  /^(?:unexpected status|http|exceeded retry limit, last status:) ([345]\d\d)\b[^:,]*/u;
const blocked = /^Access blocked by Cloudflare\b.*?\(status (\d{3})\b/u;
/** What Codex adds about the request. */
const trail = /, (?:url: [^\s,]+|(?:cf-ray|request id|auth error|auth error code): [^,]+)$/iu;

/** A message for people: of JSON and HTML the text. Anything else stays as it is. */
export function readable(message: string): string {
  return message.length > longestRead || !bodyStart.test(message)
    ? message
    : readReport(message).shown;
}

export function readReport(message: string): CodexReport {
  const before = lead.exec(message)?.[0] ?? '';
  const rest = message.slice(before.length);
  const line = withStatus.exec(rest);
  if (line !== null) {
    const [head, status = ''] = line;
    const { body, said, shown } = readWords(rest.slice(head.length).replace(/^: /u, ''));
    const colon = shown === '' || rest[head.length] === ',' ? '' : ': ';
    return {
      status,
      own: before + head,
      provider: said,
      codes: body?.codes ?? [],
      shown: `${before}${head}${colon}${shown}`,
    };
  }
  const status = blocked.exec(rest)?.[1] ?? '';
  const { text, body, said, shown } = readWords(rest);
  const isBodyAlone = body !== null && text === '' && before === '';
  return {
    status: isBodyAlone ? '400' : status,
    own: before + (body === null ? rest : text),
    provider: said,
    codes: body?.codes ?? [],
    shown: before + shown,
  };
}

/** `text`: what stands before the body, or all when there is none. `said`: the same, and the body's message. */
type Words = { text: string; body: ProviderBody | null; said: string; shown: string };

function readWords(words: string): Words {
  const debug = /^Some\((".*")\)$/su.exec(words)?.[1];
  if (debug !== undefined) return readWords(unescaped(debug));
  const about = trailOf(words);
  const whole = words.slice(0, words.length - about.length);
  const at = bodyStart.exec(whole)?.index ?? -1;
  const body = at === -1 ? null : readBody(whole.slice(at).trim());
  if (body === null) return { text: whole, body, said: whole, shown: words };
  const text = whole.slice(0, at).trim();
  // A body without a message says something only where it stands alone.
  const message = body.message || (text === '' && body.codes.join(', ')) || whole.slice(at).trim();
  const said = `${text} ${body.message}`.trim();
  return { text, body, said, shown: `${text} ${message}`.trim() + about };
}

function trailOf(words: string): string {
  let end = words.length;
  for (let part = trail.exec(words); part !== null; part = trail.exec(words.slice(0, end))) {
    end = part.index;
  }
  return words.slice(end);
}

/** Rust's debug form of a text: `"{\"error\":…}"`. */
function unescaped(debug: string): string {
  try {
    return String(JSON.parse(debug));
  } catch {
    return debug.slice(1, -1).replaceAll(String.raw`\"`, '"');
  }
}

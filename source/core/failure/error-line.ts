// The line of stderr that says why Codex gave up, or why it did not start at all. Most of stderr is none: Codex's log
// lines (`2026-11-22T07:56:53Z ERROR codex_core::…`) and warnings appear even when all went well, and a backtrace or
// a list of options follows the line that counts.

type ReasonLine = {
  line: string;
  /** The line, and what belongs to it. */
  text: string;
  /** It says that it is an error. Otherwise it is only the last line that may be the reason. */
  isError: boolean;
};

const error = /^(?:\w*error\b|fatal\b|thread .* panicked)/iu;
const cause = /^(?:caused by|cause):/iu;

/** What proves nothing, or only explains the line before it. */
const noise = new RegExp(
  [
    String.raw`warning\b|note:|tip:|hint:|usage:|for more information|run with `,
    String.raw`reading (?:additional input|prompt) from stdin`,
    String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\w+(?:::\w+)*: error=`,
    String.raw`stack backtrace|\d+: |at |node\.js v\d|location:|referenced from:|reason: tried|file:\/\/\/|node:internal|require ?stack`,
    String.raw`[^\p{L}\p{N}/.'"‘“]*$|[{}\[\])^|]|throw |\w+: '[^']*',?$`,
  ]
    .map((pattern) => `^(?:${pattern})`)
    .join('|'),
  'iu',
);

/** Null when no line gives a reason. */
export function reasonIn(stderr: string): ReasonLine | null {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const at = lines.findLastIndex((line) => error.test(line));
  const found = lines[at];
  if (found !== undefined) {
    return { line: found, text: withItsRest(lines.slice(at)), isError: true };
  }
  const last = lines.findLast((line) => !noise.test(line));
  return last === undefined ? null : { line: last, text: last, isError: false };
}

/** A line that ends with a colon goes on in the next one; of a chain of causes the last one is the reason. */
function withItsRest(lines: readonly string[]): string {
  const [line = '', next = ''] = lines;
  const whole = line.endsWith(':') ? `${line} ${next}`.trim() : line;
  const causes = lines.slice(lines.findIndex((one) => cause.test(one)) + 1);
  if (causes.length === lines.length) return whole;
  const end = causes.findIndex((one) => noise.test(one) && !/^\d+: /u.test(one));
  const root = causes.slice(0, end === -1 ? undefined : end).at(-1);
  return root === undefined ? whole : `${whole}: ${root.replace(/^\d+: /u, '')}`;
}

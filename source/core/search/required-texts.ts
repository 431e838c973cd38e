// Texts of which every match of a regular expression contains at least one, so that most lines need not be tried. It
// reads the plain parts (letters, choices, groups, quantifiers); any other part counts as anything.

/** Every match contains one of these; null when nothing is certain. */
type Required = readonly string[] | null;

/** Searching for more choices than this is no faster than trying every line. */
const mostChoices = 8;

/** `isPlain`: whether the searched bytes contain a character literally. `source` must be a valid expression. */
export function requiredTexts(source: string, isPlain: (character: string) => boolean): Required {
  let at = 0;

  function choices(): Required {
    const all: Required[] = [sequence()];
    while (source[at] === '|') {
      at++;
      all.push(sequence());
    }
    if (all.some((one) => one === null)) return null;
    const texts = [...new Set(all.flatMap((one) => one ?? []))];
    return texts.length > mostChoices ? null : texts;
  }

  /** The best text in a sequence: the longest one; for a choice, its shortest branch counts. */
  function sequence(): Required {
    let best: Required = null;
    let run = '';
    const endRun = (): void => {
      if (run !== '') best = better(best, [run]);
      run = '';
    };
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const atom = nextAtom();
      const times = quantifier();
      if (times === 'once' && atom.letter !== null) {
        run += atom.letter;
        continue;
      }
      // A repeated letter occurs at least once, but the next letter need not follow its first occurrence.
      if (times === 'again') run += atom.letter ?? '';
      endRun();
      if (times !== 'perhaps' && atom.required !== null) best = better(best, atom.required);
    }
    endRun();
    return best;
  }

  type Atom = { letter: string | null; required: Required };

  function nextAtom(): Atom {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    at += character.length;
    if (character === '(') return { letter: null, required: group() };
    if (character === '[') skipClass();
    else if (character === '\\') return { letter: escaped(), required: null };
    else if (!'.^$'.includes(character) && isPlain(character)) {
      return { letter: character, required: null };
    }
    return { letter: null, required: null };
  }

  /** Reads a group after its `(`. Lookahead and lookbehind say nothing about the match. */
  function group(): Required {
    const [opening = ''] = /^\?(?:<?[=!]|[-\w]*:|<[^>]*>)/u.exec(source.slice(at)) ?? [];
    at += opening.length;
    const inside = choices();
    at++;
    return /[=!]$/u.test(opening) ? null : inside;
  }

  function skipClass(): void {
    while (source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    at++;
  }

  /** Reads an escape after its `\`: the literal character, or null for anything else. */
  function escaped(): string | null {
    const [operand = ''] =
      /^(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|k<[^>]*>|c[A-Za-z]|\d+)/u.exec(
        source.slice(at),
      ) ?? [];
    const first = source[at] ?? '';
    at += operand.length || 1;
    return operand === '' && !/\w/u.test(first) && isPlain(first) ? first : null;
  }

  function quantifier(): 'once' | 'again' | 'perhaps' {
    const [all, least] = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/u.exec(source.slice(at)) ?? [''];
    at += all.length;
    if (all === '') return 'once';
    return all.startsWith('+') || Number(least ?? 0) > 0 ? 'again' : 'perhaps';
  }

  return choices();
}

function better(one: Required, other: Required): Required {
  if (one === null || other === null) return one ?? other;
  const shortest = (texts: readonly string[]): number =>
    Math.min(...texts.map(({ length }) => length));
  return shortest(other) > shortest(one) ? other : one;
}

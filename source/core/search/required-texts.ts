// Of a regular expression: texts one of which every match holds, so that most lines need not be tried. Read is what is
// plain (letters, choices, groups, how often); whatever else stands in it may be anything.

/** One of these stands in every match; null where nothing can be said. */
export type Required = readonly string[] | null;

/** More choices than these are looked for no faster than every line is tried. */
const mostChoices = 8;

/** `isPlain`: whether a character stands in the searched bytes as it is written here. `source` is a valid expression. */
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

  /** The best of what stands one after the other in it: the longest text, or the shortest of whose choices is. */
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
      // What repeats stands there once at least; what comes next does not follow the first of them.
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

  /** Behind its `(`. What only looks ahead or behind says nothing of the match. */
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

  /** Behind its `\`: the letter that is meant, if that is one. */
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

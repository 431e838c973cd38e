// Lists that make their items only on access: of an opened output of a hundred thousand lines, only one screen is made.

/** Arrays are lists, too. */
export type List<Item> = {
  readonly length: number;
  /** The items from `from` up to `to`, as for an array. Default of `to`: the end. */
  slice(from: number, to?: number): readonly Item[];
};

/** `make` is called for each item of a slice, each time. */
export function lazyList<Item>(length: number, make: (index: number) => Item): List<Item> {
  return {
    length,
    slice: (from, to = length) => {
      const end = Math.min(to, length);
      const items: Item[] = [];
      for (let index = Math.max(0, from); index < end; index++) items.push(make(index));
      return items;
    },
  };
}

export function mapped<Item, Other>(
  list: List<Item>,
  change: (item: Item, index: number) => Other,
): List<Other> {
  if (isArray(list)) return list.map(change);
  return lazyList(list.length, (index) => change(itemAt(list, index), index));
}

export function joined<Item>(first: List<Item>, second: List<Item>): List<Item> {
  if (isArray(first) && isArray(second)) return [...first, ...second];
  const { length } = first;
  return lazyList(length + second.length, (index) =>
    index < length ? itemAt(first, index) : itemAt(second, index - length),
  );
}

/** -1 if there is none. */
export function firstIndexOf<Item>(list: List<Item>, isWanted: (item: Item) => boolean): number {
  for (let index = 0; index < list.length; index++) {
    if (isWanted(itemAt(list, index))) return index;
  }
  return -1;
}

function itemAt<Item>(list: List<Item>, index: number): Item {
  const [item] = list.slice(index, index + 1);
  if (item === undefined) throw new RangeError(`there is no item ${index} of ${list.length}`);
  return item;
}

function isArray<Item>(list: List<Item>): list is readonly Item[] {
  return Array.isArray(list);
}

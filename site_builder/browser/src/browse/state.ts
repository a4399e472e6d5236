// What the reader chose, and its place in the address: a link to a selection is a link like any other.

export interface State {
  /** The ticked values of each group that has any. */
  readonly chosen: ReadonlyMap<string, ReadonlySet<string>>;
  /** What the reader typed. */
  readonly text: string;
}

/** What the page offers: the values of each group. Others in an address are nobody's choice. */
export type Offered = ReadonlyMap<string, ReadonlySet<string>>;

const TEXT = "q";

/** Return the state that an address asks for. */
export function stateOf(search: string, offered: Offered): State {
  const given = new URLSearchParams(search);
  const chosen = new Map<string, Set<string>>();
  for (const [group, values] of offered) {
    const known = given.getAll(group).filter((value) => values.has(value));
    if (known.length) chosen.set(group, new Set(known));
  }
  return { chosen, text: given.get(TEXT) ?? "" };
}

/** Return the address of a state on the page at `address`; what others put into its query stays. */
export function addressOf(state: State, address: string, offered: Offered): string {
  const url = new URL(address);
  const query = url.searchParams;
  for (const group of [...offered.keys(), TEXT]) query.delete(group);
  for (const [group, values] of state.chosen) for (const value of values) query.append(group, value);
  if (state.text.trim()) query.set(TEXT, state.text.trim());
  return url.href;
}

/** Return a state without a group, or without the text where no group is named. */
export function without(state: State, group: string | null): State {
  if (group === null) return { ...state, text: "" };
  return { ...state, chosen: new Map([...state.chosen].filter(([name]) => name !== group)) };
}

export const NOTHING: State = { chosen: new Map(), text: "" };

export function isNothing(state: State): boolean {
  return !state.chosen.size && !state.text.trim();
}

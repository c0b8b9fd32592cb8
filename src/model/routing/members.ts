/** Takes a sentence about what is wrong. */
export type Complain = (problem: string) => void;

/**
 * The members of an object of settings, read one by one. What has the wrong type is complained about, with the path,
 * and counts as absent.
 */
export interface Members {
  readonly all: Readonly<Record<string, unknown>>;
  has(name: string): boolean;
  isText(name: string): boolean;
  text(name: string): string | undefined;
  number(name: string, least: number): number | undefined;
  flag(name: string): boolean | undefined;
  word<W extends string>(name: string, words: readonly W[]): W | undefined;
  texts(name: string): readonly string[] | undefined;
  numbers(name: string): readonly number[] | undefined;
  /** A group of its own; an empty one when it is absent. */
  group(name: string): Members;
  /** The items of a list: texts as they are, objects as groups. */
  items(name: string): readonly (Members | string)[];
  complain(what: string): undefined;
}

/** The members of `value`, which stands at `path` in the settings. */
export function membersOf(value: unknown, path: string, complain: Complain): Members {
  const all = isObject(value) ? value : {};
  if (value !== undefined && !isObject(value)) complain(`${path}: must be an object`);
  const at = (name: string) => `${path}.${name}`;
  const typed = <T>(name: string, is: (it: unknown) => it is T, what: string): T | undefined => {
    const it = all[name];
    if (it === undefined || is(it)) return it;
    complain(`${at(name)}: must be ${what}`);
    return undefined;
  };
  return {
    all,
    has: (name) => all[name] !== undefined,
    isText: (name) => typeof all[name] === "string",
    text: (name) => typed(name, isText, "a text"),
    number(name, least) {
      const it = typed(name, isNumber, "a number");
      if (it === undefined || it >= least) return it;
      complain(`${at(name)}: must be at least ${least}`);
      return undefined;
    },
    flag: (name) => typed(name, isFlag, "true or false"),
    word: (name, words) =>
      typed(
        name,
        (it): it is (typeof words)[number] => words.some((word) => word === it),
        `one of ${words.join(", ")}`,
      ),
    texts: (name) => typed(name, (it) => isListOf(it, isText), "a list of texts"),
    numbers: (name) => typed(name, (it) => isListOf(it, isNumber), "a list of numbers"),
    group: (name) => membersOf(all[name], at(name), complain),
    items: (name) =>
      (typed(name, Array.isArray as (it: unknown) => it is readonly unknown[], "a list") ?? []).map(
        (it, index) => (isText(it) ? it : membersOf(it ?? null, `${at(name)}.${index}`, complain)),
      ),
    complain: (what) => void complain(`${path}: ${what}`),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isListOf<T>(value: unknown, is: (it: unknown) => it is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

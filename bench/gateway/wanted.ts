/** What a request of a measurement wants of the vendor. */
export interface Wanted {
  /** Stands in every piece of the answer. */
  readonly id: string;
  readonly count: number;
  /** Milliseconds between two pieces; 0: as fast as they are taken. */
  readonly every: number;
  /** Characters that a piece is filled up with. */
  readonly size: number;
}

/** What a request's body says that it wants. */
export function wantedIn(text: string): Wanted {
  const [, id = "", count = "1", every = "0", size = "0"] =
    /bench id=(\w+) count=(\d+) every=(\d+) size=(\d+)/.exec(text) ?? [];
  return { id, count: Number(count), every: Number(every), size: Number(size) };
}

/** The body of a request that wants this. */
export function requestBody(it: Wanted, isStream: boolean): string {
  const content = `bench id=${it.id} count=${it.count} every=${it.every} size=${it.size}`;
  return JSON.stringify({
    model: "claude-sonnet-5-5",
    max_tokens: 64,
    ...(isStream && { stream: true }),
    messages: [{ role: "user", content }],
  });
}

/** Milliseconds since 1970, with a fraction; the same in all processes of a machine. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

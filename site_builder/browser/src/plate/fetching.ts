// Bytes over the network: capped, without cookies, and every failure in words.

import type { Params } from "../verify/index.ts";
import { MAX_BYTES, Unavailable } from "../verify/source.ts";
import { say } from "../verify/verdict.ts";

const SECONDS = 20;

/** These bytes could not be had now; asking again may help. */
export class NetworkFailed extends Unavailable {}

/** Return a reason why bytes cannot be had, by its key below `verify.unavailable.`. */
export function unavailable(key: string, params: Params): Unavailable {
  return new Unavailable(say(`unavailable.${key}`, params));
}

function failed(key: string, params: Params): NetworkFailed {
  return new NetworkFailed(say(`unavailable.${key}`, params));
}

/** Return the bytes at `address`; throw {@link Unavailable}, {@link NetworkFailed} where another try may help. */
export async function fetched(address: URL, redirect: RequestRedirect = "follow"): Promise<Uint8Array> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), SECONDS * 1000);
  try {
    const answer = await asked(address, redirect, stop.signal);
    if (answer.status === 404 || answer.status === 410) throw unavailable("missing", { url: address.href });
    if (!answer.ok) throw failed("refused", { host: address.host, status: answer.status, path: address.pathname });
    return await read(answer, address);
  } finally {
    clearTimeout(timer);
  }
}

async function asked(address: URL, redirect: RequestRedirect, signal: AbortSignal): Promise<Response> {
  try {
    // Asked anew each time: what a cache kept may be older than the issuer's last word.
    return await fetch(address, { cache: "no-cache", credentials: "omit", referrerPolicy: "no-referrer", redirect, signal });
  } catch {
    throw failed("no-answer", { host: address.host });
  }
}

async function read(answer: Response, address: URL): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const { done, value } = (await chunk(reader, address)) ?? { done: true, value: undefined };
    if (done || !value) break;
    size += value.length;
    if (size > MAX_BYTES) {
      await reader?.cancel();
      throw unavailable("too-large", { url: address.href });
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function chunk(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  address: URL,
): Promise<{ done: boolean; value?: Uint8Array | undefined } | undefined> {
  try {
    return await reader?.read();
  } catch {
    throw failed("no-answer", { host: address.host });
  }
}

// The interface's sentences, in the language of the page (site_builder/messages writes assets/.../words.*.js).

import { printable } from "./verify/text.ts";
import type { Param, Params, Sentence } from "./verify/verdict.ts";

/** A sentence, or its plural forms by CLDR category. */
export type Message = string | Readonly<Record<string, string>>;

export interface Language {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  /** The language's name in itself. */
  readonly name: string;
  readonly words: Readonly<Record<string, Message>>;
}

declare global {
  // eslint-disable-next-line no-var -- classic scripts of the page fill it
  var badgepressWords: Record<string, Language> | undefined;
}

// "en" alone writes American dates and "ar" other digits than our pages do.
const LOCALES: Readonly<Record<string, string>> = { en: "en-GB", ar: "ar-u-nu-latn" };

export class Words {
  private readonly locale: string;

  constructor(readonly language: Language) {
    this.locale = LOCALES[language.language] ?? language.language;
  }

  /** Return the words of the page's language, or of the first that the page loaded; throw without any. */
  static ofPage(wanted = document.documentElement.lang): Words {
    const loaded = globalThis.badgepressWords ?? {};
    const found = loaded[wanted] ?? loaded[wanted.split("-")[0] ?? ""] ?? Object.values(loaded)[0];
    if (!found) throw new Error("the page loaded no words");
    return new Words(found);
  }

  /** Return a sentence with its values; what strangers wrote is made printable. Throw for an unknown key. */
  text(key: string, params: Params = {}): string {
    const written = this.template(key, params.n).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : this.shown(value);
    });
    // What a summary says may begin with an answer's sentence, which are written for the middle of one.
    return key.startsWith("verify.summary.") ? written.charAt(0).toUpperCase() + written.slice(1) : written;
  }

  say(sentence: Sentence): string {
    return this.text(sentence.key, sentence.params);
  }

  /** Return a date in words, as UTC has it: 22 November 2026. */
  day(date: Date): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  private template(key: string, n: Param | undefined): string {
    const message = this.language.words[key];
    if (message === undefined) throw new Error(`no words for ${key}`);
    if (typeof message === "string") return message;
    const category = typeof n === "number" ? new Intl.PluralRules(this.locale).select(n) : "other";
    return message[category] ?? message.other ?? "";
  }

  private shown(value: Param): string {
    if (typeof value === "string") return printable(value);
    if (typeof value === "number") return this.number(value);
    return value instanceof Date ? this.day(value) : this.say(value);
  }
}

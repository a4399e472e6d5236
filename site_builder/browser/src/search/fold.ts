// Words as they are compared: case, accents and vowel signs do not count, nor the Arabic article.

const MARKS = /\p{M}|\u0640/gu;
const ARTICLE = /^\u0627\u0644(?=\p{L}{3})/u;

/** Return a text in the form in which texts are compared: "Éléments" as "elements". */
export function fold(text: string): string {
  return (
    text
      .normalize("NFKD")
      .replace(MARKS, "")
      .toLowerCase()
      // One letter in two shapes, which writers of Arabic exchange freely.
      .replace(/\u0629/g, "\u0647")
      .replace(/\u0649/g, "\u064a")
      .replace(/\u2019/g, "'")
  );
}

/** Return one word in that form, without the Arabic article: who looks for "data" may write "the data". */
export function foldWord(word: string): string {
  return fold(word).replace(ARTICLE, "");
}

/** Return the words of a text in that form, in order; signs between words part them. */
export function foldedWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.replace(ARTICLE, ""));
}

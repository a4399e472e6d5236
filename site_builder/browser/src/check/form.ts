// The three ways in: files, a text, an address. All of them can be reached and used by keyboard alone.

import type { Words } from "../words.ts";
import { el } from "../plate/dom.ts";
import { fromAddress, fromFile, fromText, type Item } from "./items.ts";

const MOST_FILES = 500;

/** Return the ways in; `take` gets what the reader brought. */
export function form(words: Words, take: (items: readonly Item[]) => void): HTMLElement {
  return el("div", { class: "ways" }, files(words, take), pasted(words, take), typed(words, take));
}

function files(words: Words, take: (items: readonly Item[]) => void): HTMLElement {
  const input = el("input", { type: "file", multiple: true, accept: ".json,.png,.svg,application/json,image/png,image/svg+xml", id: "files" });
  const zone = el(
    "div",
    { class: "drop" },
    el("label", { for: "files" }, words.text("check.files")),
    el("p", {}, words.text("check.files-how")),
    input,
  );
  input.addEventListener("change", () => {
    void read(input.files).then(take);
    input.value = "";
  });
  return zone;
}

/** Take what is dropped anywhere on the page: who misses the box by an inch does not leave the page. */
export function dropped(zone: () => Element | null, take: (items: readonly Item[]) => void): void {
  addEventListener("dragover", (event) => {
    event.preventDefault();
    zone()?.classList.add("over");
  });
  addEventListener("dragleave", () => zone()?.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    zone()?.classList.remove("over");
    const text = event.dataTransfer?.getData("text/plain");
    if (event.dataTransfer?.files.length) void read(event.dataTransfer.files).then(take);
    else if (text) take([fromText(text, "…")]);
  });
}

function read(list: FileList | null): Promise<Item[]> {
  return Promise.all([...(list ?? [])].slice(0, MOST_FILES).map(fromFile));
}

function pasted(words: Words, take: (items: readonly Item[]) => void): HTMLElement {
  const area = el("textarea", { id: "text", rows: "4", spellcheck: "false", dir: "ltr", autocomplete: "off" });
  return entry("text", words.text("check.text"), area, words.text("check.text-do"), () => {
    if (area.value.trim()) take([fromText(area.value, words.text("check.pasted"))]);
    area.value = "";
  });
}

function typed(words: Words, take: (items: readonly Item[]) => void): HTMLElement {
  const input = el("input", {
    id: "address",
    type: "text",
    inputmode: "url",
    dir: "ltr",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: words.text("check.address-example"),
  });
  return entry("address", words.text("check.address"), input, words.text("check.address-do"), () => {
    if (input.value.trim()) take([fromAddress(input.value.trim())]);
    input.value = "";
  });
}

function entry(id: string, label: string, field: HTMLElement, button: string, send: () => void): HTMLElement {
  const made = el("form", {}, el("label", { for: id }, label), field, el("button", { type: "submit" }, button));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return made;
}

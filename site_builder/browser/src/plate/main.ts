// Begins on an award page: verify.js stands in its head, deferred, after the words of its language.

import { chosen, show } from "../theme/choice.ts";
import { takenFragment } from "./fragment.ts";
import { Judge } from "./judge.ts";
import { chosenWords } from "./language.ts";
import { AwardPage } from "./page.ts";
import { siteOf } from "./site.ts";

async function start(script: HTMLScriptElement): Promise<void> {
  const claim = takenFragment();
  show(chosen());
  const plate = document.querySelector<HTMLElement>(".plate");
  const head = document.querySelector<HTMLElement>(".head h1")?.parentElement;
  const facts = document.querySelector<HTMLElement>(".facts");
  if (!plate || !head || !facts) throw new Error("this page has no place for a verdict");
  const site = siteOf(script);
  const judge = new Judge(site);
  await new AwardPage(site, judge, await chosenWords(site), { plate, head, facts }, claim).check();
}

if (document.currentScript instanceof HTMLScriptElement) void start(document.currentScript);

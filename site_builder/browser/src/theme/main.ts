// Runs in the head, before anything is painted: a page must not flash in the theme that was not chosen.

import { chosen, show } from "./choice.ts";

// Styles keep room for what the other scripts will show (pages/styles/base.css).
document.documentElement.dataset.scripts = "";
show(chosen());

// Runs in the head, before anything is painted: a page must not flash in the theme that was not chosen.

import { chosen, show } from "./choice.ts";

show(chosen());

// What reads in other ways than lists and by id: one part, loaded on first use.
export { aggregate } from "./aggregate.js";
export { explainByView, openByView } from "./by-view.js";
export { countRows } from "./count.js";
export { related } from "./related.js";
export { search } from "./search.js";

// What the page's search uses of MiniSearch and stemmer.
export { default as MiniSearch } from "minisearch";
export { stemmer } from "stemmer";

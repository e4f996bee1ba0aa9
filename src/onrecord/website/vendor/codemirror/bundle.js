// What the editor's script uses of CodeMirror, as one file; README.md says how it is made.
export { autocompletion, startCompletion } from "@codemirror/autocomplete";
export { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
export { setDiagnostics } from "@codemirror/lint";
export { EditorState, Prec } from "@codemirror/state";
export { keymap } from "@codemirror/view";
export { tags } from "@lezer/highlight";
export { EditorView, basicSetup } from "codemirror";
export { sparql } from "codemirror-lang-sparql";

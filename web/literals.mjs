// Refuses words that stand in a component instead of in words.ts: in what a template shows, in its labels, and in sentences elsewhere.
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** Sources that show nothing: styles and types; and the catalogue itself. */
const SILENT = ["places.ts", "styles.ts", "tables.ts", "types.ts", "words.ts"];
/** What the server tells, as it is compared with. */
const TOLD = ["a name", "about whole paths", "false here", "false here, where it is not promised", "not reached here", "reached here", "true here", "without a case here"];
/** Commands and names of keys, which are no words of a language. */
const NAMES = /^(concordant\b.*|--\w+|Home|End)$/s;
const HOLE = "\u0000";
const WORD = /[A-Za-z]{2,}/;
const SENTENCE = /[A-Za-z]{2,}[,:]? [A-Za-z]/;
/** Selectors, paths of pictures and styles. */
const CODE = /[[\]{}#>=]|\d \$|^(M|grid-|repeat)/;

const found = [];
for (const name of readdirSync("src").filter((each) => !SILENT.includes(each))) {
  const file = ts.createSourceFile(name, readFileSync(`src/${name}`, "utf8"), ts.ScriptTarget.Latest, true);
  const tell = (node, text) => found.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
  const textOf = (template) => (template.templateSpans === undefined ? template.text : [template.head.text, ...template.templateSpans.map((span) => span.literal.text)].join(HOLE));
  const look = (node) => {
    if (ts.isTaggedTemplateExpression(node)) {
      if (node.tag.getText() === "css") return;
      const whole = textOf(node.template);
      for (const [, label] of whole.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*)"/g)) if (WORD.test(label)) tell(node, label);
      for (const text of whole.split(/<[^>]*>|\u0000/)) if (WORD.test(text.replace(/&\w+;/g, "")) && !NAMES.test(text.trim())) tell(node, text);
      for (const span of node.template.templateSpans ?? []) look(span.expression);
      return;
    }
    if (ts.isCallExpression(node) && /querySelector/.test(node.expression.getText())) return look(node.expression);
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = ts.isTemplateExpression(node) ? textOf(node).replaceAll(HOLE, " $") : node.text;
      if (SENTENCE.test(text) && !TOLD.includes(text) && !CODE.test(text)) tell(node, text);
    }
    ts.forEachChild(node, look);
  };
  look(file);
}
if (found.length > 0) {
  console.error(`these words belong into src/words.ts:\n${found.join("\n")}`);
  process.exitCode = 1;
}

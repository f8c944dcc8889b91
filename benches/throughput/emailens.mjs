// Audits every HTML file of a folder, or one file, with Emailens' engine in one process; prints files, bytes and seconds.
// node emailens.mjs FOLDER_WITH_NODE_MODULES FOLDER_OF_DRAFTS|DRAFT
import { createRequire } from "node:module";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const [engine, drafts] = process.argv.slice(2);
const { auditEmail } = createRequire(join(resolve(engine), "x.js"))("@emailens/engine");
const audit = (html) => JSON.stringify(auditEmail(html)).length;

if (statSync(drafts).isFile()) {
  audit(readFileSync(drafts, "utf8"));
  process.exit(0);
}
const texts = readdirSync(drafts).filter((name) => name.endsWith(".html")).sort().map((name) => readFileSync(join(drafts, name), "utf8"));

// The first few let the engine's just-in-time compiler warm up, as a long run would.
texts.slice(0, 40).forEach(audit);
const start = process.hrtime.bigint();
texts.forEach(audit);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
console.log(texts.length, bytes, seconds);

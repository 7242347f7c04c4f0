// Does the official parser accept an AsyncAPI document? `node check.mjs FILE` ends with 0 if so;
// otherwise it prints each problem with its place and ends with 1.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { Parser } from "@asyncapi/parser";

const [file] = process.argv.slice(2);
const source = pathToFileURL(file).pathname;
const { document, diagnostics } = await new Parser().parse(readFileSync(file, "utf8"), { source });
const errors = diagnostics.filter(({ severity }) => severity === 0);
for (const { code, message, path } of errors) {
  console.error(`${path.join(".") || "(document)"}: ${message} [${code}]`);
}
if (!document || errors.length) {
  process.exit(1);
}
console.log(document.messages().all().length);

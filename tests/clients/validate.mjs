// Validates JSON against a JSON Schema with Ajv: validate.mjs SCHEMA FILE...
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const [schema, ...paths] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const isValid = ajv.compile(read(schema));
const wrong = paths.filter((path) => {
  if (isValid(read(path))) return false;
  for (const { instancePath, message } of isValid.errors.slice(0, 3))
    console.log(`${path}: ${instancePath} ${message}`);
  return true;
});
console.log(`${paths.length} documents, ${wrong.length} are not valid`);
process.exit(wrong.length ? 1 : 0);

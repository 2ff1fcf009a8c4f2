// Holds a manifest (JSON on standard input) against the schema of the Kubernetes API.
import {readFileSync} from "node:fs";
import {Job} from "kubernetes-models/batch/v1";

new Job(JSON.parse(readFileSync(0, "utf8"))).validate();

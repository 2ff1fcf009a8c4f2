// Loads chunks as LangChain's documents and as LlamaIndex's nodes: load.mjs FILE.chunks.jsonl
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Document } from "@langchain/core/documents";
import { MetadataMode, NodeRelationship, TextNode } from "llamaindex";

const chunks = readFileSync(process.argv[2], "utf8").trim().split("\n").map(JSON.parse);
assert.ok(chunks.length > 2);

const documents = chunks.map(
  ({ id, page_content, metadata }) => new Document({ id, pageContent: page_content, metadata }));
documents.forEach((document, i) => {
  assert.equal(document.pageContent, chunks[i].page_content);
  assert.equal(document.metadata.page, chunks[i].pages[0]);
  assert.deepEqual(JSON.parse(JSON.stringify(document)).kwargs?.metadata ?? document.metadata,
    chunks[i].metadata);
});

const related = (id) => (id ? { nodeId: id, metadata: {} } : undefined);
const nodes = chunks.map((chunk) => new TextNode({
  id_: chunk.id,
  text: chunk.page_content,
  metadata: chunk.metadata,
  relationships: {
    [NodeRelationship.PREVIOUS]: related(chunk.previous),
    [NodeRelationship.NEXT]: related(chunk.next),
  },
}));
nodes.forEach((node, i) => {
  assert.equal(node.getContent(MetadataMode.NONE), chunks[i].page_content);
  assert.equal(node.nextNode?.nodeId, nodes[i + 1]?.id_);
  assert.equal(node.prevNode?.nodeId, nodes[i - 1]?.id_);
});
console.log(`${chunks.length} chunks: LangChain documents and LlamaIndex nodes`);

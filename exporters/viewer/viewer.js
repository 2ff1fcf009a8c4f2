"use strict";
// The page's own program: it reads the data that stands beside each page and draws on demand, so
// that only pages in view cost anything.
const COLOURS = { title: "#c2185b", heading: "#d32f2f", paragraph: "#1e6fd9", list: "#00796b",
  list_item: "#00897b", table: "#e65100", figure: "#6a1b9a", caption: "#8e24aa", footnote: "#5d4037",
  page_header: "#757575", page_footer: "#757575", page_number: "#757575", code: "#37474f",
  formula: "#283593", toc: "#2e7d32", field_group: "#7b1fa2" };
const LAYERS = { elements: "e", order: "o", tables: "t", fields: "f", words: "w" };
const SVG = "http://www.w3.org/2000/svg";
const root = document.documentElement;
const panel = document.querySelector("aside");
const pages = [...document.querySelectorAll(".page")];
const whole = JSON.parse(document.getElementById("document").textContent);
const data = new Map(pages.map((page) => [page, null]));
const places = new Map(); // element id -> page

function dataOf(page) {
  if (!data.get(page)) data.set(page, JSON.parse(page.querySelector("script").textContent));
  return data.get(page);
}
for (const page of pages) {
  for (const thing of [...dataOf(page).elements, ...dataOf(page).fields]) places.set(thing.id, page);
}

// ---- drawing ----

function shape(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

function box(parent, [x0, y0, x1, y1], attributes) {
  return shape(parent, "rect", { x: x0, y: y0, width: Math.max(x1 - x0, 0.5),
    height: Math.max(y1 - y0, 0.5), ...attributes });
}

function middle([x0, y0, x1, y1]) {
  return [(x0 + x1) / 2, (y0 + y1) / 2];
}

function drawOrder(group, elements) {
  const stops = elements.filter((e) => e.layer === "body" && e.type !== "list" && e.text !== "");
  for (let i = 1; i < stops.length; i++) {
    const [x0, y0] = middle(stops[i - 1].bbox), [x1, y1] = middle(stops[i].bbox);
    shape(group, "path", { class: "order", d: `M${x0} ${y0}L${x1} ${y1}`, "marker-end": "url(#head)" });
  }
}

function draw(page) {
  if (page.querySelector("svg")) return;
  const { page: record, elements, fields } = dataOf(page);
  const svg = shape(page, "svg", { viewBox: `0 0 ${record.width} ${record.height}` });
  const marker = shape(shape(svg, "defs", {}), "marker", { id: "head", viewBox: "0 0 8 8", refX: 7,
    refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" });
  shape(marker, "path", { class: "head", d: "M0 0L8 4L0 8z" });
  const group = (name) => shape(svg, "g", { class: name });
  const words = group("words"), tables = group("tables"), boxes = group("elements");
  for (const word of record.words ?? [])
    box(words, word.bbox, { class: "word", fill: `hsl(${Math.round(word.confidence * 120)} 85% 50%)` });
  for (const element of elements) {
    for (const cell of element.cells ?? [])
      box(tables, cell.bbox, { class: cell.kind === "content" ? "cell" : "cell head" });
    const made = box(boxes, element.bbox, { class: `element ${element.layer}`, "data-id": element.id,
      style: `--c:${COLOURS[element.type] ?? "#444"}`, tabindex: -1, role: "button" });
    shape(made, "title", {}).textContent = `${element.type} ${element.level ?? ""}`;
  }
  const marks = group("fields");
  for (const field of fields)
    box(marks, field.bbox, { class: `field ${field.state ?? ""}`, "data-id": field.id });
  drawOrder(group("orders"), elements);
  if (chosen) svg.querySelector(`[data-id="${chosen}"]`)?.classList.add("chosen");
  mark(page);
}

const eye = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
}, { root: document.querySelector("main"), rootMargin: "600px" });

// ---- the panel ----

let chosen = null;

function line(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  panel.append(made);
  return made;
}

function find(id) {
  const held = dataOf(places.get(id));
  return held.elements.find((e) => e.id === id) ?? held.fields.find((f) => f.id === id);
}

function choose(id, scroll) {
  if (!places.has(id)) return;
  const page = places.get(id);
  document.querySelector(".chosen")?.classList.remove("chosen");
  chosen = id;
  draw(page);
  const shown = page.querySelector(`[data-id="${id}"]`);
  shown.classList.add("chosen");
  if (scroll) shown.scrollIntoView({ block: "center" });
  const thing = find(id);
  panel.replaceChildren();
  line("h2", `${thing.type} ${thing.level ?? ""}`);
  line("p", `page ${thing.page}, confidence ${thing.confidence}, ${thing.source}`);
  for (const reason of thing.why ?? []) line("p", reason, { class: "why" });
  line("pre", JSON.stringify(thing, null, 1), { id: "json" });
  history.replaceState(null, "", `#${id}`);
}

function overview() {
  panel.replaceChildren();
  line("h2", whole.input);
  line("p", `${pages.length} pages, ${whole.status}`);
  for (const issue of whole.issues) line("p", `${issue.page ? `page ${issue.page}: ` : ""}${issue.message}`,
    { class: "issue" });
  const hidden = [...places.keys()].map(find).filter((e) => e.layer === "hidden");
  if (hidden.length > 0) line("h2", "Text that is not seen");
  for (const element of hidden) hit(element);
  line("h2", "Keys");
  line("p", "j k next, previous · / search · + - zoom · d dark · Esc overview · " +
    Object.entries(LAYERS).map(([name, key]) => `${key} ${name}`).join(" · "));
}

// ---- search ----

let found = new Set();

function mark(page) {
  for (const shown of page.querySelectorAll("svg .element"))
    shown.classList.toggle("found", found.has(shown.dataset.id));
}

function hit(element) {
  line("li", `${element.page}: ${element.text.slice(0, 80)}`, { class: "hit", tabindex: 0 })
    .addEventListener("click", () => choose(element.id, true));
}

function search(text) {
  const wanted = text.trim().toLowerCase();
  found = new Set();
  panel.replaceChildren();
  if (wanted === "") overview();
  const hits = wanted === "" ? [] : pages.flatMap((page) => dataOf(page).elements)
    .filter((e) => e.type !== "list" && e.text.toLowerCase().includes(wanted));
  if (wanted !== "") line("h2", `${hits.length} found`);
  for (const element of hits) {
    found.add(element.id);
    hit(element);
  }
  pages.forEach(mark);
}

// ---- keys and buttons ----

let zoom = 1;

function setZoom(value) {
  zoom = Math.min(5, Math.max(0.3, value));
  root.style.setProperty("--zoom", zoom);
}

function step(by) {
  const ids = pages.flatMap((page) => dataOf(page).elements).map((e) => e.id);
  const at = ids.indexOf(chosen);
  choose(ids[Math.min(ids.length - 1, Math.max(0, at + by))], true);
}

function toggle(name) {
  const input = document.getElementById(`show-${name}`);
  input.checked = !input.checked;
  root.classList.toggle(`show-${name}`, input.checked);
}

const searching = document.querySelector("input[type=search]");
const KEYS = { j: () => step(1), k: () => step(-1), "+": () => setZoom(zoom * 1.2),
  "-": () => setZoom(zoom / 1.2), d: () => root.classList.toggle("dark"), "/": () => searching.focus(),
  Escape: () => { searching.blur(); searching.value = ""; search(""); } };
for (const [name, key] of Object.entries(LAYERS)) KEYS[key] = () => toggle(name);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === searching && event.key !== "Escape") return;
  if (!KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.addEventListener("click", (event) => {
  const id = event.target.dataset?.id;
  if (id) choose(id, false);
});
searching.addEventListener("input", () => search(searching.value));
for (const name of Object.keys(LAYERS)) {
  const input = document.getElementById(`show-${name}`);
  root.classList.toggle(`show-${name}`, input.checked);
  input.addEventListener("change", () => root.classList.toggle(`show-${name}`, input.checked));
}
document.getElementById("in").addEventListener("click", KEYS["+"]);
document.getElementById("out").addEventListener("click", KEYS["-"]);
document.getElementById("dark").addEventListener("click", KEYS.d);
root.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
overview();
pages.forEach((page) => eye.observe(page));
if (location.hash.length > 1) choose(decodeURIComponent(location.hash.slice(1)), true);

"use strict";
// builds a table of actions and resource types when it is opened
const legend = document.getElementById("legend");
const parts = new Map();
for (const part of legend.content.querySelectorAll("abbr")) parts.set(part.textContent, part);
// a letter or sign of the legend
const part = (text) => parts.get(text).cloneNode(true);
const element = (name, properties, ...content) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
};
// the same as in the links of the page
const escaped = (name) =>
  name.replace(/[^A-Za-z0-9_-]/gu, (c) => `~${c.codePointAt(0).toString(16)}~`);

// an element with the class of a change
const marked = (name, mark, properties, ...content) =>
  element(name, mark ? { className: part(mark).title, ...properties } : properties, ...content);
const sign = (mark) => mark ? part(mark) : "";
const struck = (name, mark) => mark === "−" ? element("del", {}, name) : name;
const changed = (was, is, content) =>
  was === is ? content : element(is ? "ins" : "del", {}, content);

const differs = (row, [, was, is, keys]) => was !== is || keys || (row.before !== undefined);
const cell = (row, [, was, is, keys]) => {
  const before = row.before ?? row.levels;
  const levels = is ? row.levels : before;
  const past = was && is ? before : levels;
  const mark = !was ? "+" : !is ? "−" : differs(row, [0, was, is, keys]) ? "~" : "";
  const made = marked("td", mark, {}, sign(mark));
  for (const text of parts.keys()) {
    if (!past.includes(text) && !levels.includes(text)) continue;
    made.append(changed(is ? past.includes(text) : true, is ? levels.includes(text) : false, part(text)));
  }
  if (!past && !levels) made.append(part("?"));
  const required = [was || is, is || was].map((it) => it === 2);
  if (required.includes(true)) made.append(changed(...required, part("*")));
  if (keys) {
    const list = element("ul", {}, ...keys.map((key) => element("li", {}, key)));
    const title = `other condition keys in effect: ${keys.join(", ")}`;
    made.append(element("details", { className: "keys" }, element("summary", { title }, "k"), list));
  }
  return made;
};

const line = (module, data, row, columns) => {
  const name = struck(row.name, row.mark);
  const named = row.link === undefined
    ? element("span", { className: "name" }, name)
    : element("a", { className: "name", href: data.links + row.link }, name);
  const head = element("th", { scope: "row" }, sign(row.mark), named);
  if (row.permission_only) head.append(" ", part("p/o"));
  const cells = new Map(row.cells.map((it) => [it[0], it]));
  const filled = columns.map((at) => cells.has(at) ? cell(row, cells.get(at)) : element("td", {}));
  const id = `${escaped(module)}.action.${escaped(row.name)}`;
  return marked("tr", row.mark, { id }, head, ...filled);
};

const heading = ({ name, mark, arn }) => {
  const text = name === undefined ? "no resource type" : struck(name, mark);
  const properties = { scope: "col", title: arn ?? "" };
  return marked("th", mark, properties, element("span", {}, sign(mark), text));
};

// returns a function that shows the row of an action
const build = (details) => {
  const module = details.dataset.name;
  const data = JSON.parse(details.querySelector("script").textContent);
  const name = element("input", { type: "search", autocomplete: "off", spellcheck: false, placeholder: "part of a name" });
  const only = element("input", { type: "checkbox", checked: data.rows.some((row) => row.mark) });
  const shown = element("output", {});
  const table = element("table", { ariaLabel: `Actions and resource types of ${module}` });
  const show = () => {
    const wanted = name.value.trim().toLowerCase();
    const rows = data.rows.filter((row) =>
      row.name.toLowerCase().includes(wanted) && (row.mark || !only.checked));
    const touched = new Set(rows.flatMap((row) =>
      row.cells.filter((it) => differs(row, it)).map(([at]) => at)));
    const columns = [...data.columns.keys()].filter((at) =>
      !only.checked || touched.has(at) || data.columns[at].mark);
    const corner = element("th", { className: "corner", scope: "col" }, "Action");
    const head = element("tr", {}, corner, ...columns.map((at) => heading(data.columns[at])));
    table.replaceChildren(
      element("thead", {}, head),
      element("tbody", {}, ...rows.map((row) => line(module, data, row, columns))));
    shown.textContent = `${rows.length} of ${data.rows.length} actions, ` +
      `${columns.length} of ${data.columns.length} columns`;
  };
  const controls = element("div", { className: "controls", role: "group", ariaLabel: "Filter" },
    element("label", {}, "Action ", name), element("label", {}, only, " changed only"), shown);
  // large tables are slow: filter once after a burst of input
  let soon;
  controls.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 100);
  });
  // focusable, so that keyboards can scroll it
  const scroll = element("div", { className: "scroll matrix", tabIndex: 0, role: "region", ariaLabel: `Table of ${module}` }, table);
  show();
  details.querySelector("p").replaceWith(legend.content.cloneNode(true), controls, scroll);
  return (id) => {
    if (document.getElementById(id) === null) {
      name.value = "";
      only.checked = false;
      show();
    }
    const row = document.getElementById(id);
    for (const other of table.querySelectorAll(".here")) other.classList.remove("here");
    row?.classList.add("here");
    row?.scrollIntoView();
  };
};

const built = new Map();
const open = (details) => {
  if (!built.has(details)) built.set(details, build(details));
  return built.get(details);
};
document.addEventListener("toggle", ({ target }) => {
  if (target.matches("details.table[open]")) open(target);
}, true);
document.querySelectorAll("details.table[open]").forEach(open);
// a link to an action opens the table
const follow = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const details = document.getElementById(`${id.split(".")[0]}.table`);
  if (!id.includes(".action.") || details === null) return;
  details.open = true;
  open(details)(id);
};
addEventListener("hashchange", follow);
follow();

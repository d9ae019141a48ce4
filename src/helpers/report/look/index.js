"use strict";
// The overview's search, filters, order and pages. The rows come from the JSON block, worst first, a list for each
// column; a row is its place in them, so that a hundred thousand are as many numbers and nothing is made of a row
// before it is drawn. Texts become text nodes only. What is chosen is kept after the # of the address, to be shared.

const { shown: SHOWN, departments, lackings, failures, columns } = JSON.parse(document.getElementById("rows").textContent);
const SEVERITIES = ["error", "warning", "hint", "missing"];
const COUNTS = ["causes", "open", ...SEVERITIES];
const form = document.querySelector(".filters");
const table = document.querySelector("table");
const heads = [...table.querySelectorAll("th[data-key]")];
const pagers = [...document.querySelectorAll(".pages")];

const rows = [...columns.of.keys()];
const failed = (row) => row in failures;
const folder = (row) => departments[columns.of[row]][0];
const report = (row) => (columns.report[row] ? `${folder(row)}/${String(columns.year[row]).padStart(4, "0")}/report.html` : "");

const folders = new Map();
const numbered = departments.map(([name]) => folders.get(name) ?? folders.set(name, folders.size).get(name));
const key = (number, year) => number * 10000 + year;
const there = new Map(rows.map((row) => [key(numbered[columns.of[row]], columns.year[row]), row]));
const lastYear = (row) => there.get(key(numbered[columns.of[row]], columns.year[row] - 1));

let places;
function place(row) {
  if (!places) {
    const { compare } = new Intl.Collator("zh-CN");
    places = [];
    [...departments.keys()].sort((a, b) => compare(departments[a][1], departments[b][1])).forEach((at, n) => { places[at] = n; });
  }
  return places[columns.of[row]];
}

// Drawing

function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

function line(row) {
  const last = lastYear(row);
  const year = element("td", {}, String(columns.year[row]));
  if (last !== undefined && report(last)) year.append(" ", element("small", {}, "上年 ", element("a", { href: report(last) }, String(columns.year[last]))));
  const label = departments[columns.of[row]][1];
  if (failed(row)) {
    const [start, rest] = failures[row];
    const why = element("td", { colspan: 6 }, element("b", {}, "失败"), " ");
    why.append(rest ? element("details", {}, element("summary", {}, start), rest) : start);
    if (report(row)) why.append(" ", element("a", { href: report(row) }, "上一份报告"));
    return element("tr", { class: "failed" }, element("th", { scope: "row" }, label), year, why);
  }
  const counts = COUNTS.map((s) => {
    const count = columns[s][row];
    const cell = element("td", { class: `n ${count ? s : "none"}` }, element("b", {}, String(count)));
    if (s === "causes" && last !== undefined && !failed(last)) cell.append(element("small", {}, ` 上年 ${columns[s][last]}`));
    return cell;
  });
  const name = element("th", { scope: "row" }, report(row) ? element("a", { href: report(row) }, label) : label);
  if (columns.lacking[row]) name.append(" ", element("small", {}, lackings[columns.lacking[row]]));
  return element("tr", {}, name, year, ...counts);
}

function fill(lines) {
  const none = element("tr", {}, element("td", { colspan: heads.length }, rows.length ? "没有符合的报告" : "还没有报告"));
  table.tBodies[0].replaceChildren(...(lines.length ? lines.map(line) : [none]));
}

function total(key, sum) {
  const tile = document.getElementById(`total-${key}`);
  tile.className = sum ? key : "none";
  tile.lastElementChild.textContent = sum;
}

// Choosing

const state = { search: "", year: "", status: "", sort: "", page: 1 };
let chosen = rows;

const words = departments.map(([name, label]) => `${label} ${name}`.toLowerCase());

function asked() {
  const search = state.search.toLowerCase().split(/\s+/);
  const found = words.map((said) => search.every((word) => said.includes(word)));
  const kinds = {
    "": () => true,
    failed,
    lacking: (row) => columns.lacking[row] > 0,
    clean: (row) => !failed(row) && SEVERITIES.every((s) => columns[s][row] === 0),
    ...Object.fromEntries(["open", ...SEVERITIES].map((s) => [s, (row) => columns[s][row] > 0])),
  };
  const kind = kinds[state.status];
  return (row) => kind(row) && (!state.year || columns.year[row] === Number(state.year)) && found[columns.of[row]];
}

// What failed has no count to sort by and stays first, as it does where nothing is chosen.
function ordered(some) {
  const [key, up] = state.sort.split("-");
  if (!key) return some;
  const side = up ? 1 : -1;
  const value = key === "name" ? place : (row) => columns[key][row];
  const first = COUNTS.includes(key) ? some.filter(failed) : [];
  const rest = first.length ? some.filter((row) => !failed(row)) : some.slice();
  return [...first, ...rest.sort((a, b) => side * (value(a) - value(b)))];
}

function choose() {
  chosen = ordered(rows.filter(asked()));
  total("reports", chosen.length);
  total("failed", chosen.filter(failed).length);
  for (const s of COUNTS) total(s, chosen.reduce((sum, row) => sum + columns[s][row], 0));
  for (const head of heads) {
    const [key, up] = state.sort.split("-");
    if (head.dataset.key === key) head.setAttribute("aria-sort", up ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  }
  turn();
}

function turn() {
  const pages = Math.max(1, Math.ceil(chosen.length / SHOWN));
  state.page = Math.min(Math.max(1, Math.trunc(state.page) || 1), pages);
  const first = (state.page - 1) * SHOWN;
  const page = chosen.slice(first, first + SHOWN);
  fill(page);
  for (const pager of pagers) {
    const [back, range, forth] = pager.children;
    pager.hidden = pages === 1;
    range.textContent = `第 ${first + 1}–${first + page.length} 份，共 ${chosen.length} 份`;
    back.disabled = state.page === 1;
    forth.disabled = state.page === pages;
  }
}

// The address

let waiting;
function keep() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const kept = Object.entries(state).filter(([key, value]) => value && !(key === "page" && value === 1));
    history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
  }, 200);
}

function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  for (const key of ["search", "year", "status"]) {
    form.elements[key].value = kept.get(key) ?? "";
    if (form.elements[key].selectedIndex === -1) form.elements[key].value = "";
    state[key] = form.elements[key].value;
  }
  const [key, up] = (kept.get("sort") ?? "").split("-");
  state.sort = heads.some((head) => head.dataset.key === key) ? key + (up ? "-up" : "") : "";
  state.page = Number(kept.get("page"));
  choose();
}

// A report leads to the reports beside it by way of this page, which knows whether they are there: in the order of
// the list among those of its year, or to the year before.

function lead() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [department, its] = (asked.get("from") ?? "").split("/");
  const from = there.get(key(folders.get(department), Number(its)));
  if (from === undefined) return recall();
  const year = columns.year[from];
  const peers = rows.filter((row) => columns.report[row] && columns.year[row] === year);
  const at = peers.indexOf(from);
  const to = { before: peers[at - 1], next: peers[at + 1], last: lastYear(from) }[asked.get("to")];
  if (to !== undefined && report(to)) return location.replace(report(to));
  history.replaceState(null, "", `#year=${year}`);
  recall();
}

// What the reader does

form.addEventListener("input", () => {
  for (const key of ["search", "year", "status"]) state[key] = form.elements[key].value;
  state.page = 1;
  choose();
  keep();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  Object.assign(state, { search: "", year: "", status: "", sort: "", page: 1 });
  choose();
  keep();
});

for (const head of heads) {
  const { key } = head.dataset;
  const turns = key === "name" ? [`${key}-up`, key] : [key, `${key}-up`];
  const button = element("button", { type: "button" }, ...head.childNodes);
  button.addEventListener("click", () => {
    state.sort = [...turns, ""][turns.indexOf(state.sort) + 1];
    state.page = 1;
    choose();
    keep();
  });
  head.replaceChildren(button);
}

for (const pager of pagers) {
  const [back, , forth] = pager.children;
  for (const [button, step] of [[back, -1], [forth, 1]]) {
    button.addEventListener("click", () => {
      state.page += step;
      turn();
      keep();
      table.focus({ preventScroll: true });
      table.scrollIntoView();
    });
  }
}

addEventListener("hashchange", lead);
addEventListener("beforeprint", () => fill(chosen)); // paper has no pages to turn to: all that is chosen
addEventListener("afterprint", turn);

form.hidden = false;
lead();

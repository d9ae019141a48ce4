"use strict";
// The overview's search, filters, order and pages. The rows come from the JSON block, worst first; texts become
// text nodes only. What is chosen is kept after the # of the address, so that it can be shared.

const { shown: SHOWN, departments, rows: given } = JSON.parse(document.getElementById("rows").textContent);
const COUNTS = ["error", "warning", "hint", "missing"];
const form = document.querySelector(".filters");
const table = document.querySelector("table");
const heads = [...table.querySelectorAll("th[data-key]")];
const pagers = [...document.querySelectorAll(".pages")];

const { compare } = new Intl.Collator("zh-CN");
const place = [];
departments.map((_, at) => at).sort((a, b) => compare(departments[a][1], departments[b][1])).forEach((at, n) => { place[at] = n; });

const rows = given.map(([at, year, report, seconds, ...told]) => {
  const [department, name] = departments[at];
  const failed = typeof told[0] === "string";
  return {
    department, label: name, name: place[at], year, seconds: Number(seconds), failed,
    report: report ? `${department}/${String(year).padStart(4, "0")}/report.html` : "",
    words: `${name} ${department}`.toLowerCase(),
    ...(failed ? { start: told[0], rest: told[1] } : Object.fromEntries(COUNTS.map((s, n) => [s, told[n]]))),
  };
});
const there = new Map(rows.map((row) => [`${row.department}/${row.year}`, row]));

// Drawing

function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

function line(row) {
  const last = there.get(`${row.department}/${row.year - 1}`);
  const year = element("td", {}, String(row.year));
  if (last?.report) year.append(" ", element("small", {}, "上年 ", element("a", { href: last.report }, String(last.year))));
  const seconds = element("td", { class: "n seconds" }, row.seconds.toFixed(1));
  if (row.failed) {
    const why = element("td", { colspan: 4 }, element("b", {}, "失败"), " ");
    why.append(row.rest ? element("details", {}, element("summary", {}, row.start), row.rest) : row.start);
    if (row.report) why.append(" ", element("a", { href: row.report }, "上一份报告"));
    return element("tr", { class: "failed" }, element("th", { scope: "row" }, row.label), year, why, seconds);
  }
  const counts = COUNTS.map((s) => {
    const cell = element("td", { class: `n ${row[s] ? s : "none"}` }, element("b", {}, String(row[s])));
    if (last && !last.failed) cell.append(element("small", {}, ` 上年 ${last[s]}`));
    return cell;
  });
  const name = row.report ? element("a", { href: row.report }, row.label) : row.label;
  return element("tr", {}, element("th", { scope: "row" }, name), year, ...counts, seconds);
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

function asked() {
  const words = state.search.toLowerCase().split(/\s+/);
  const kinds = {
    "": () => true,
    failed: (row) => row.failed,
    clean: (row) => !row.failed && COUNTS.every((s) => row[s] === 0),
    ...Object.fromEntries(COUNTS.map((s) => [s, (row) => row[s] > 0])),
  };
  const kind = kinds[state.status];
  return (row) => kind(row) && (!state.year || row.year === Number(state.year)) && words.every((word) => row.words.includes(word));
}

// What failed has no count to sort by and stays first, as it does where nothing is chosen.
function ordered(some) {
  const [key, up] = state.sort.split("-");
  if (!key) return some;
  const side = up ? 1 : -1;
  return some.slice().sort((a, b) => (key in a && key in b ? side * (a[key] - b[key]) : (key in a) - (key in b)));
}

function choose() {
  chosen = ordered(rows.filter(asked()));
  total("reports", chosen.length);
  total("failed", chosen.filter((row) => row.failed).length);
  for (const s of COUNTS) total(s, chosen.reduce((sum, row) => sum + (row[s] ?? 0), 0));
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
  const from = there.get(asked.get("from"));
  if (!from) return recall();
  const peers = rows.filter((row) => row.report && row.year === from.year);
  const at = peers.indexOf(from);
  const to = { before: peers[at - 1], next: peers[at + 1], last: there.get(`${from.department}/${from.year - 1}`) }[asked.get("to")];
  if (to?.report) return location.replace(to.report);
  history.replaceState(null, "", `#year=${from.year}`);
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

"use strict";
// All causes: facets, search, groups, decisions. The rows come from the JSON block; texts become text nodes only.
// What is chosen is kept after the # of the address, what is decided in this browser until it is exported.

const given = JSON.parse(document.getElementById("rows").textContent);
const { shown: SHOWN, departments, rules, sections, stands: STANDS, member: MEMBER } = given;
const SEVERITIES = given.severities;
const STATES = ["属实", "不予采纳", "待核"];
const CONFIRMED = "核对属实"; // what is exported of 属实 where no reason was written
const KEYS = { a: 0, d: 1, p: 2 };
const SIZES = [[1000, "1000 万元以上"], [100, "100 至 1000"], [10, "10 至 100"], [1, "1 至 10"], [0.1, "0.1 至 1"], [0, "不到 0.1"]];
const LONGEST_FACET = 10;

const form = document.querySelector(".filters");
const aside = document.querySelector("aside");
const folded = document.querySelector(".desk > details");
const narrow = matchMedia("(max-width: 70rem)");
const table = document.querySelector("table");
const pager = document.querySelector(".pages");
const several = document.querySelector(".several");

function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") made.setAttribute(key, value);
  made.append(...content);
  return made;
}

// The rows

const rows = given.rows.map(([at, year, report, severity, rule, section, place, difference, sentence, decision, stand, members, letter, first], number) => {
  const [department, name] = departments[at];
  const size = Math.abs(Number(difference)) || 0;
  const findings = members.map((values) => Object.fromEntries(MEMBER.map((key, n) => [key, values[n]])));
  const [code, title] = rules[rule];
  const folder = `${department}/${String(year).padStart(4, "0")}/`;
  const row = {
    number, department, name, year, severity, place, first, difference, size, sentence, decision, findings,
    report: report ? folder + "report.html" : "", letter: letter ? folder + "letter.docx" : "",
    rule: title || code, named: `${code} ${title}`.trim(), section: sections[section],
    words: `${name} ${department} ${year} ${code} ${title} ${sections[section]} ${sentence} ${findings.map((f) => `${f.rule} ${f.message}`).join(" ")}`.toLowerCase(),
    facets: [],
  };
  row.key = `${department}/${year}/${findings.map((f) => `${f.rule}|${f.place}|${f.difference || f.found}`).join("\n")}`;
  row.fixed = {
    severity: SEVERITIES[severity][1], rule: row.rule, department: name, year: String(year),
    section: row.section || "（不在表和节里）", stand: STANDS[stand],
    size: difference ? SIZES.find(([least]) => size >= least)[1] : "没有金额",
  };
  return row;
});
rows.sort((a, b) => b.size - a.size || a.severity - b.severity || a.number - b.number); // groups keep this order

// What was decided here and not yet exported into the data

const STORE = `juesuan:${location.pathname}`;
const memory = {
  get() { try { return JSON.parse(localStorage.getItem(STORE)) ?? {}; } catch { return {}; } },
  set(kept) {
    const said = JSON.stringify(kept);
    try { localStorage.setItem(STORE, said); return localStorage.getItem(STORE) === said; } catch { return false; }
  },
};
const own = new Map();
let by = "";
function reread() {
  const kept = memory.get();
  own.clear();
  for (const [key, said] of Object.entries(kept.decisions ?? {})) own.set(key, said);
  by = kept.by ?? "";
}
reread();

const decided = (row) => own.get(row.key)?.state ?? row.decision;
const told = (row) => { const said = own.get(row.key); return said.exported ? `${said.state}（已导出）` : `${said.state}（未导出）`; };
const status = (row) => { const said = decided(row); return !said ? "未看" : said; };

function remember() {
  const isKept = memory.set({ by, decisions: Object.fromEntries(own) });
  document.querySelector(".unkept").textContent = isKept || !own.size ? "" : "这个浏览器不留存决定，关闭或刷新之前请导出决定";
}

function decide(some, state, reason) {
  const day = new Date();
  const said = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
  for (const row of some) {
    if (state) own.set(row.key, { state, reason, decided_by: by, day: said });
    else own.delete(row.key);
  }
  remember();
}

// Facets: a row is counted under a value when every other facet lets it pass

const FACETS = [
  ["severity", "严重程度", (row) => row.fixed.severity], ["status", "状态", status], ["rule", "规则", (row) => row.fixed.rule],
  ["department", "部门", (row) => row.fixed.department], ["year", "年度", (row) => row.fixed.year],
  ["section", "表或节", (row) => row.fixed.section], ["size", "金额档", (row) => row.fixed.size], ["stand", "与上年比", (row) => row.fixed.stand],
];
const ORDERS = {
  severity: SEVERITIES.map(([, name]) => name), status: ["未看", ...STATES, "已确认"],
  size: [...SIZES.map(([, name]) => name), "没有金额"], stand: STANDS,
};
const state = { search: "", group: "rule", page: 1, picked: Object.fromEntries(FACETS.map(([key]) => [key, new Set()])) };
const unfolded = new Set();
let chosen = rows;
let counts = {};

function choose() {
  const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  const active = FACETS.map(([key, , of], n) => ({ n, of, values: state.picked[key] })).filter(({ values }) => values.size);
  counts = FACETS.map(() => new Map());
  chosen = [];
  for (const row of rows) {
    if (!words.every((word) => row.words.includes(word))) continue;
    let fails = 0, failed = -1;
    for (const { n, of, values } of active) if (!values.has(of(row))) { fails += 1; failed = n; if (fails > 1) break; }
    if (fails > 1) continue;
    if (!fails) chosen.push(row);
    for (let n = 0; n < FACETS.length; n += 1) {
      if (fails && n !== failed) continue;
      const value = FACETS[n][2](row);
      counts[n].set(value, (counts[n].get(value) ?? 0) + 1);
    }
  }
  selected.clear();
  group();
  totals();
  facets();
  turn();
}

function group() {
  const of = state.group === "rule" ? (row) => row.rule : (row) => row.name;
  const groups = new Map();
  for (const row of chosen) {
    const some = groups.get(of(row));
    if (some) some.push(row); else groups.set(of(row), [row]);
  }
  const worst = (some) => some.reduce((least, row) => Math.min(least, row.severity), SEVERITIES.length);
  const ordered = [...groups.values()].map((some) => [worst(some), some]).sort(([a, some], [b, more]) => a - b || more.length - some.length).map(([, some]) => some);
  chosen = ordered.flat();
  chosen.groups = new Map(ordered.map((some) => [some[0], some.length]));
}

function totals() {
  const tell = (key, sum) => { document.getElementById(`total-${key}`).lastElementChild.textContent = sum; };
  tell("causes", chosen.length);
  tell("touched", new Set(chosen.map((row) => row.department)).size);
  const told = { settled: 0, pending: 0, unseen: 0 };
  for (const row of chosen) told[{ "未看": "unseen", "待核": "pending" }[status(row)] ?? "settled"] += 1;
  form.elements.decisions.disabled = !own.size;
  for (const [key, sum] of Object.entries(told)) tell(key, sum);
  // Of the last year that is chosen, and of the one before as if that were chosen too
  const last = Math.max(...(state.picked.year.size ? [...state.picked.year].map(Number) : rows.map((row) => row.year)), 0);
  const ofYear = counts[FACETS.findIndex(([key]) => key === "year")];
  for (const [key, year] of last ? [["now", last], ["before", last - 1]] : []) {
    document.getElementById(`total-${key}`).firstElementChild.textContent = `${year} 年度的根因`;
    tell(key, ofYear.get(String(year)) ?? 0);
  }
}

function facets() {
  const focused = document.activeElement?.closest?.("aside") ? document.activeElement.id : "";
  aside.replaceChildren(...FACETS.map(([key, title], n) => {
    const picked = state.picked[key];
    const every = [...new Set([...counts[n].keys(), ...picked])];
    const place = (value) => { const at = ORDERS[key]?.indexOf(value) ?? -1; return at; };
    every.sort((a, b) => (ORDERS[key] ? place(a) - place(b) : picked.has(b) - picked.has(a) || (counts[n].get(b) ?? 0) - (counts[n].get(a) ?? 0)) || (a < b ? -1 : 1));
    const some = unfolded.has(key) ? every : every.slice(0, LONGEST_FACET);
    const box = element("fieldset", {}, element("legend", {}, title), ...some.map((value, at) => {
      const many = counts[n].get(value) ?? 0;
      const input = element("input", { type: "checkbox", id: `f-${key}-${at}` });
      input.checked = picked.has(value);
      input.addEventListener("change", () => { if (input.checked) picked.add(value); else picked.delete(value); state.page = 1; choose(); keep(); });
      return element("label", { class: many ? "" : "none" }, input, element("span", {}, value), element("b", {}, String(many)));
    }));
    if (every.length > LONGEST_FACET) {
      const more = element("button", { type: "button", id: `more-${key}` }, unfolded.has(key) ? "收起" : `全部 ${every.length} 项`);
      more.addEventListener("click", () => { if (unfolded.has(key)) unfolded.delete(key); else unfolded.add(key); facets(); });
      box.append(more);
    }
    return box;
  }));
  if (focused) document.getElementById(focused)?.focus();
}

// Rows

const opened = new Set();
const selected = new Set();
let current = null;

function stateCell(row) {
  const said = decided(row);
  return element("td", { class: "state" }, own.has(row.key) ? element("span", { class: "own" }, told(row)) : said);
}

function line(row) {
  const pick = element("input", { type: "checkbox", "aria-label": `选中：${row.sentence}` });
  pick.checked = selected.has(row);
  pick.addEventListener("change", () => select(row, pick.checked));
  const button = element("button", { type: "button", "aria-expanded": String(opened.has(row)) }, row.sentence);
  button.addEventListener("click", () => { current = row; toggle(row); });
  button.addEventListener("focus", () => { current = row; mark(); });
  const made = element("tr", { class: decided(row) && decided(row) !== "待核" ? "settled" : "" },
    element("td", { class: "pick" }, pick),
    element("td", { class: SEVERITIES[row.severity][0] }, element("b", {}, SEVERITIES[row.severity][1])),
    element("th", { scope: "row" }, row.report ? element("a", { href: row.report }, row.name) : row.name,
      ...(row.letter ? [element("a", { href: row.letter, class: "letter" }, "核查意见")] : [])),
    element("td", { class: "year" }, String(row.year)), element("td", { class: "said" }, button), element("td", {}, row.section),
    element("td", { class: "n", "data-label": row.difference && "相差" }, row.difference), element("td", { class: "n", "data-label": "项数" }, String(row.findings.length)), stateCell(row));
  row.line = made;
  row.button = button;
  return opened.has(row) ? [made, evidence(row)] : [made];
}

function copying(said) {
  const button = element("button", { type: "button", class: "copy", title: "复制这一句" }, "复制");
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(said); button.textContent = "已复制"; } catch { button.textContent = "没有复制成"; }
    setTimeout(() => { button.textContent = "复制"; }, 2000);
  });
  return button;
}

function evidence(row) {
  const told = row.findings.map((f, n) => {
    // Of two amounts neither is right before anything says so.
    const [right, wrong] = f.difference && /^[文表校]-/.test(f.rule) ? ["重算", "公开"] : ["应为", "实为"];
    const facts = [[right, f.expected], [wrong, f.found], ["相差", f.difference], ["", f.decision]].filter(([, value]) => value);
    const where = row.report ? [element("a", { href: `${row.report}#d-${row.first + n}` }, "报告里的位置"), "　"] : [];
    return element("li", {}, f.message, " ", copying(f.message),
      element("small", {}, ...where, [`${f.rule} ${f.place}`, ...facts.map(([name, value]) => `${name} ${value}`.trim())].join("　")));
  });
  const made = element("tr", { class: "evidence" }, element("td", { class: "pick" }), element("td", { colspan: 8 }, deciding("decide", () => [row]), element("ol", {}, ...told)));
  return made;
}

// The fields of a decision, for one row in its place and for several at once
function deciding(kind, targets) {
  const box = kind === "decide" ? element("form", { class: kind }) : several;
  const [first] = targets();
  const before = own.get(first?.key) ?? {};
  const reason = element("input", { name: "reason", maxlength: 500, placeholder: "原因（不予采纳必写）", "aria-label": "原因", value: before.reason ?? "" });
  const who = element("input", { name: "by", class: "by", maxlength: 50, placeholder: "决定人", "aria-label": "决定人", value: by });
  const complaint = element("span", { role: "alert" });
  const enter = element("span", { class: "enter", role: "status" });
  const settle = (said) => {
    by = who.value.trim();
    if (!by || (said === "不予采纳" && !reason.value.trim())) {
      complaint.textContent = by ? "请写原因" : "请写决定人";
      (by ? reason : who).focus();
      return;
    }
    const some = targets();
    decide(some, said, reason.value.trim() || (said === "属实" ? CONFIRMED : ""));
    const next = chosen[chosen.indexOf(some.at(-1)) + 1];
    for (const row of some) { opened.delete(row); selected.delete(row); }
    choose();
    (next?.line?.isConnected ? next : some.at(-1)).button?.focus();
  };
  const buttons = STATES.map((said) => {
    const button = element("button", { type: "button", "aria-pressed": String(before.state === said) }, said);
    button.addEventListener("click", () => settle(said));
    return button;
  });
  const back = element("button", { type: "button" }, "撤回");
  back.addEventListener("click", () => { const some = targets(); decide(some, ""); choose(); some[0].button?.focus(); });
  const many = kind === "several" ? [element("b", {}, `已选 ${targets().length} 个`)] : [];
  box.replaceChildren(...many, reason, who, ...buttons, back, enter, complaint);
  box.onsubmit = (event) => event.preventDefault();
  box.onkeydown = (event) => { if (event.key === "Enter" && event.target.matches("input") && box.dataset.wants) settle(box.dataset.wants); };
  return box;
}

function select(row, on) {
  if (on) selected.add(row); else selected.delete(row);
  offer();
}

function offer() {
  several.hidden = !selected.size;
  if (selected.size) deciding("several", () => [...selected]);
}

function toggle(row) {
  if (opened.has(row)) { opened.delete(row); row.line.nextElementSibling.remove(); }
  else { opened.add(row); row.line.after(evidence(row)); }
  row.button.setAttribute("aria-expanded", String(opened.has(row)));
}

function mark() {
  for (const line of table.querySelectorAll("tr.current")) line.classList.remove("current");
  current?.line?.classList.add("current");
}

function fill(some) {
  const lines = [];
  let head = null;
  for (const row of some) {
    if (chosen.groups.has(row) || !head) {
      const name = state.group === "rule" ? row.rule : row.name;
      if (name !== head) lines.push(element("tr", { class: "group" }, element("td", { class: "pick" }), element("th", { colspan: 8, scope: "rowgroup" }, name, " ", element("small", {}, chosen.groups.has(row) ? `${chosen.groups.get(row)} 个` : "（续）"))));
      head = name;
    }
    lines.push(...line(row));
  }
  table.tBodies[0].replaceChildren(...(lines.length ? lines : [element("tr", {}, element("td", { colspan: 9 }, rows.length ? "没有符合的疑点" : "没有疑点"))]));
  mark();
}

function turn() {
  const pages = Math.max(1, Math.ceil(chosen.length / SHOWN));
  state.page = Math.min(Math.max(1, Math.trunc(state.page) || 1), pages);
  const first = (state.page - 1) * SHOWN;
  const page = chosen.slice(first, first + SHOWN);
  fill(page);
  offer();
  const [back, range, forth] = pager.children;
  pager.hidden = pages === 1;
  range.textContent = `第 ${first + 1}–${first + page.length} 个，共 ${chosen.length} 个`;
  back.disabled = state.page === 1;
  forth.disabled = state.page === pages;
}

// The address

let waiting;
function keep() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const asked = new URLSearchParams();
    if (state.search) asked.set("search", state.search);
    if (state.group !== "rule") asked.set("group", state.group);
    for (const [key, values] of Object.entries(state.picked)) for (const value of values) asked.append(key, value);
    if (state.page > 1) asked.set("page", state.page);
    history.replaceState(null, "", `#${asked}`);
  }, 200);
}

function recall() {
  const asked = new URLSearchParams(location.hash.slice(1));
  form.elements.search.value = state.search = asked.get("search") ?? "";
  form.elements.group.value = state.group = asked.get("group") === "department" ? "department" : "rule";
  for (const [key] of FACETS) state.picked[key] = new Set(asked.getAll(key));
  state.page = Number(asked.get("page"));
  choose();
}

// What is taken away

function save(name, kind, content) {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type: kind })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

form.elements.decisions.addEventListener("click", () => {
  const decisions = rows.filter((row) => own.has(row.key)).map((row) => {
    const { state: said, reason, decided_by, day } = own.get(row.key);
    const findings = row.findings.map((f) => ({ rule: f.rule, place: f.place, amount: f.difference || f.found }));
    return { department: row.department, year: row.year, state: said, reason, decided_by, day, findings };
  });
  save("decisions.json", "application/json", `${JSON.stringify({ decisions }, null, 1)}\n`);
  for (const said of own.values()) said.exported = true;
  remember();
  turn();
});

// A text that a spreadsheet would run gets an apostrophe before it.
const plain = (value) => (/^-?\d+(\.\d+)?$/.test(value) ? value : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
const field = (value) => { const text = plain(String(value)); return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };

form.elements.csv.addEventListener("click", () => {
  const head = ["department", "name", "year", "severity", "rule", "section", "place", "message", "difference", "findings", "decision"];
  const lines = chosen.map((row) => [row.department, row.name, row.year, SEVERITIES[row.severity][0], row.named, row.section, row.place, row.sentence, row.difference, row.findings.length, decided(row)]);
  save("findings.csv", "text/csv", `\ufeff${[head, ...lines].map((cells) => cells.map(field).join(",")).join("\n")}\n`);
});

// What the reader does

form.addEventListener("input", () => {
  state.search = form.elements.search.value;
  state.group = form.elements.group.value;
  state.page = 1;
  choose();
  keep();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  Object.assign(state, { search: "", group: "rule", page: 1 });
  for (const values of Object.values(state.picked)) values.clear();
  choose();
  keep();
});

const [back, , forth] = pager.children;
for (const [button, step] of [[back, -1], [forth, 1]]) {
  button.addEventListener("click", () => { state.page += step; turn(); keep(); table.focus({ preventScroll: true }); table.scrollIntoView(); });
}

function step(by) {
  const page = chosen.slice((state.page - 1) * SHOWN, state.page * SHOWN);
  const at = page.indexOf(current);
  const next = page[Math.min(Math.max(at + by, 0), page.length - 1)];
  next?.button.focus();
}

function begin(said) {
  const some = selected.size ? [...selected] : current?.line?.isConnected ? [current] : [];
  if (!some.length) return;
  if (!selected.size && !opened.has(current)) toggle(current);
  const box = selected.size ? several : current.line.nextElementSibling.querySelector("form");
  box.dataset.wants = said;
  box.querySelector(".enter").textContent = `按 Enter 存为${said}`;
  for (const button of box.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.textContent === said));
  box.querySelector(by ? "[name=reason]" : "[name=by]").focus();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.closest("tr.evidence")) { current.button.focus(); return; }
  if (event.key === "Escape" && event.target.closest(".several")) { selected.clear(); turn(); current?.button?.focus(); return; }
  if (event.target.closest("input, select, textarea") && event.target.type !== "checkbox") return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "o" && current?.line?.isConnected) toggle(current);
  else if (event.key === "x" && current?.line?.isConnected) { const box = current.line.querySelector("input"); box.checked = !box.checked; select(current, box.checked); }
  else if (event.key in KEYS) begin(STATES[KEYS[event.key]]);
  else return;
  event.preventDefault();
});

addEventListener("hashchange", recall);
addEventListener("storage", (event) => { if (event.key === STORE) { reread(); choose(); } }); // decided in another tab
addEventListener("beforeprint", () => fill(chosen));
addEventListener("afterprint", turn);

table.tHead.rows[0].prepend(element("td", { class: "pick" }));
form.hidden = folded.hidden = document.querySelector(".keys").hidden = false;
folded.open = !narrow.matches;
narrow.addEventListener("change", () => { folded.open = !narrow.matches; });
recall();

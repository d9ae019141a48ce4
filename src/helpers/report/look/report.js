// For the reviewer's hands: the panel that follows a number, sentences copied, the current section.
// Without it every link still works.
"use strict";

const make = (name, kind, ...inside) => {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...inside);
  return made;
};
const linked = (words, target, kind) => {
  const made = make("a", kind, words);
  made.href = "#" + target.id;
  return made;
};
const contents = [...document.querySelectorAll("nav a")].map((link) => [link, document.getElementById(link.hash.slice(1))]);
const list = (items) => make("ul", "", ...items.map((item) => make("li", "", ...[item].flat())));

// "3-5 ~9 f12" is 3, 4, 5, less 9, and line 12.
const spread = (packed) => (packed || "").split(" ").filter(Boolean).flatMap((run) => {
  const [, mark, first, last] = /^([~f]?)(\d+)(?:-(\d+))?$/.exec(run);
  return Array.from({length: (last || first) - first + 1}, (_, n) => ({mark, at: +first + n}));
});

// The cells and the lines of figures.csv, as the page shows them

const lineage = JSON.parse(document.getElementById("lineage")?.textContent || "null");
const cells = [], order = new Map(), lines = new Map();
let names = 0;
for (const line of document.querySelectorAll(".figures tbody tr")) {
  line.id ||= "f-" + line.cells[0].textContent;
  lines.set(+line.cells[0].textContent, line);
}
for (const [number, pieces, made] of lineage?.tables || []) {
  const [grid, ...further] = document.querySelectorAll(`[id="t-${number}"] tbody`), said = made.split(",");
  const named = (head) => (head.id ||= `${number}-${++names}`), [titles, heads] = grid.parentElement.tHead.rows;
  // The page may cut a wide table elsewhere than the data: a line goes on in the further tables.
  const whole = [...grid.rows].map((row, r) => [...row.cells, ...further.flatMap((one) => [...one.rows[r].querySelectorAll("td:not(.code)")])]);
  let n = 0, before = 0;
  for (const sides of pieces) {
    for (const line of whole) {
      const places = [...line];
      let across = 0;
      for (const [side, columns] of sides.entries()) {
        const wide = titles.cells[side].colSpan;
        let name = "", label;
        if (places[0].matches("td:not(.code)")) {
          places.splice(0, wide);
          across += wide;
          continue;
        }
        across += wide - columns.length;
        while (places[0].matches("th, .code, .seq")) {
          const head = places.shift();
          if (!head.matches(".seq")) name += (name && " ") + head.textContent;
          if (head.matches("th")) label = head;
        }
        places.splice(0, before);
        for (const column of columns) {
          const cell = {place: places.shift(), title: `公开${number}表　${name}　${column}`, made: said[n++], uses: []};
          cell.place.id ||= "k" + cells.length;
          if (sides.length > 1) cell.place.headers = [label, titles.cells[side], heads.cells[across++]].map(named).join(" ");
          order.set(cell.place, cell);
          cells.push(cell);
        }
      }
    }
    before += sides[0].length;
  }
}
const lineUses = new Map();
for (const [name, packed] of Object.entries(lineage?.uses || {}))
  for (const {mark, at} of spread(packed))
    if (mark) lineUses.set(at, [...(lineUses.get(at) || []), name]);
    else cells[at].uses.push(name);

const amount = (cell) => (cell.place.querySelector(".ours") || cell.place).textContent || "0";
const state = (cell) => !cell.made ? "缺" : cell.made[0] === "+" ? "加出" : "写明";

// What the panel says

const lineItem = (line) => {
  const [number, scope, basis, written, unit] = [...line.cells].map((c) => c.textContent);
  return [linked(`figures.csv 第 ${number} 行`, line), `　${scope}　${basis} `, make("b", "", written + unit)];
};
const cellItem = (cell, mark, deep) => {
  const item = [mark, linked(cell.title, cell.place), " ", make("b", "", amount(cell))];
  const inside = deep ? origin(cell, deep - 1) : [];
  return inside.length ? [...item, make("details", "", make("summary", "", "由来"), ...inside)] : item;
};
const origin = (cell, deep) => {
  const made = spread(cell.made?.replace("+", "")), own = made.map(({at}) => lines.get(at)).filter(Boolean);
  const zero = cell.made?.[0] === "+" && amount(cell) === "0" && own.some((line) => +line.cells[3].textContent);
  const found = [];
  if (zero) found.push(make("p", "", "所属合计的明细已加满，这一项没有数，就是零。合计见："));
  if (own.length > 8) found.push(make("details", "", make("summary", "", `figures.csv 的 ${own.length} 行相加`), list(own.map(lineItem))));
  else if (own.length) found.push(list(own.map(lineItem)));
  const unlisted = made.filter(({at}) => !lines.has(at));
  if (unlisted.length) found.push(make("p", "", `figures.csv 第 ${unlisted[0].at} 行至第 ${unlisted.at(-1).at} 行中另有 ${unlisted.length} 行，见文件。`));
  for (const sum of (lineage.sums[cells.indexOf(cell)] || "").split("|").filter(Boolean)) {
    const parts = list(spread(sum).map(({mark, at}) => cellItem(cells[at], mark ? "－ " : "＋ ", deep)));
    const words = own.length && !zero ? "表样：应等于" : "等于";
    found.push(own.length ? make("details", "", make("summary", "", `${words} ${parts.children.length} 项之和`), parts) : parts);
  }
  return found;
};
const useItems = (names) => names.map((name) => {
  const target = document.getElementById(name);
  if (!target) return [`勾稽 ${name}`];
  const words = target.matches("figure") ? target.querySelector("figcaption").textContent : target.textContent;
  const [, under] = contents.findLast(([, heading]) => heading?.compareDocumentPosition(target) & 4) || [];
  return [linked(words.length > 40 ? words.slice(0, 40) + "…" : words, target), make("small", "", under?.textContent || "")];
});
const found = [...document.querySelectorAll("#findings li")].map((item, n) => {
  item.id ||= "o" + n;
  const target = document.getElementById(item.querySelector(".basis a")?.hash.slice(1));
  const cell = target?.matches(".apart") ? document.getElementById(target.querySelector("a").hash.slice(1)) : target;
  return {item, cell, words: item.querySelector(".send").textContent};
});
const doubts = (place) => {
  const some = found.filter(({cell}) => cell === place);
  return some.length ? section("疑点", list(some.map(({item, words}) => [linked(words, item)]))) : [];
};
const published = (place) => {
  const apart = place.querySelector(".apart"), rounding = place.querySelector(".rounding");
  if (!apart && !rounding) return [];
  const both = apart ? ["公开 ", make("b", "", apart.querySelector(".theirs").lastChild.textContent), "　重算 ", make("b", "", apart.querySelector(".ours").textContent)]
    : [rounding.title, "，只差四舍五入"];
  return [make("p", "", ...both), ...(apart?.title ? [make("small", "", apart.title)] : [])];
};
const section = (words, ...inside) => inside.length ? [make("h3", "", words), ...inside] : [];
const uses = (names) => names.length ? section("用在", list(useItems(names))) : [];

// The panel

const panel = make("dialog", "panel");
document.body.append(panel);
let opener, came;

// Each table is one stop of the Tab key; the arrows go on from cell to cell, and in figures.csv from line to line
const stop = (place) => {
  const last = place.closest("table").querySelector("[tabindex='0']");
  if (last) last.tabIndex = -1;
  place.tabIndex = 0;
};
const show = (place, title, ...inside) => {
  opener?.classList.remove("here");
  opener = place;
  stop(place);
  place.classList.add("here");
  const close = make("button", "", "关闭");
  close.onclick = hide;
  const back = came && came.isConnected ? [make("p", "", linked("← 回到刚才的说明", came))] : [];
  const heading = make("h2", "", title);
  heading.id = "panel";
  panel.setAttribute("aria-labelledby", "panel");
  panel.replaceChildren(close, heading, ...back, ...inside);
  if (!panel.open) panel.show();
  const box = place.getBoundingClientRect(), room = document.documentElement.clientWidth;
  panel.style.left = Math.max(16, Math.min(box.left, room - panel.offsetWidth - 16)) + scrollX + "px";
  panel.style.top = box.bottom + scrollY + 6 + "px";
  panel.scrollTop = 0;
  close.focus({preventScroll: true});
  panel.scrollIntoView({block: "nearest"});
  const hidden = box.bottom - panel.getBoundingClientRect().top;
  if (getComputedStyle(panel).position === "fixed" && hidden > 0) scrollBy(0, hidden + 16);
};
const hide = () => {
  if (!panel.open) return;
  panel.close();
  opener.classList.remove("here");
  opener.focus({preventScroll: true});
};
const open = (place) => {
  const cell = order.get(place), line = place?.parentElement?.matches(".figures tbody") && place;
  if (cell) {
    const known = make("p", "state", make("b", "", cell.made ? amount(cell) + " 万元" : state(cell)), cell.made ? `　${state(cell)}` : "");
    show(place, cell.title, known, ...published(place), ...doubts(place), ...section("由来", ...origin(cell, 6)), ...uses(cell.uses));
  } else if (line) {
    const at = +line.cells[0].textContent;
    const into = cells.filter((c) => amount(c) !== "0" && spread(c.made?.replace("+", "")).some((f) => f.at === at));
    show(place, `figures.csv 第 ${at} 行`, make("p", "state", make("b", "", line.cells[3].textContent + line.cells[4].textContent), "　写明"),
      ...(into.length ? section("成为", list(into.map((c) => cellItem(c, "", 0)))) : []), ...uses(lineUses.get(at) || []));
  } else return false;
  return true;
};
const arrive = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return open(target);
};

if (lineage) {
  addEventListener("hashchange", () => arrive() || hide());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !order.has(link.closest("td"))) {
      const sentence = link.closest(".statement span[id]");
      if (!panel.contains(link)) came = sentence;
      if (link.getAttribute("href") === location.hash) setTimeout(arrive);
      return;
    }
    const place = event.target.closest("td, .figures tbody tr");
    const at = order.has(place) ? place : event.target.closest(".figures tbody tr");
    if (at && !panel.contains(at) && !getSelection().toString()) {
      event.preventDefault();
      came = undefined;
      open(at);
    } else if (!panel.contains(event.target)) panel.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const here = event.target.closest("td, .figures tr");
    if (!here || event.ctrlKey || event.altKey || event.metaKey) return;
    const inLine = (line) => line.matches(".figures tr") ? [line] : [...line.cells].filter((place) => order.has(place));
    const own = here.closest("tr"), beside = (way) => inLine(own)[inLine(own).indexOf(here) + way];
    const across = (way) => {
      let line = own;
      do line = line[way]; while (line && !inLine(line).length);
      const far = (place) => Math.abs(place.getBoundingClientRect().left - here.getBoundingClientRect().left);
      return line && inLine(line).sort((one, other) => far(one) - far(other))[0];
    };
    const next = {
      ArrowLeft: () => beside(-1), ArrowRight: () => beside(1),
      ArrowUp: () => across("previousElementSibling"), ArrowDown: () => across("nextElementSibling"),
    }[event.key]?.();
    const enter = event.key === "Enter" && event.target === here;
    if (!next && !enter) return;
    event.preventDefault();
    if (enter) return open(here);
    stop(next);
    next.focus();
  });
  for (const table of document.querySelectorAll(".form, .figures")) {
    const first = table.querySelector("tbody td[id], tbody tr[id]");
    if (!first) continue;
    table.role = "grid";
    table.parentElement.tabIndex = -1;
    for (const link of table.querySelectorAll("td a")) link.tabIndex = -1;
    stop(first);
  }
  if (location.hash) arrive();
}

// From finding to finding by n and p; each is where its place is told, so that Enter goes there

let reached = -1;
addEventListener("keydown", (event) => {
  const step = {n: 1, p: -1}[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
  const open = found.map(({item}) => item).filter((item) => item.checkVisibility());
  const at = open.findIndex((item) => item.contains(document.activeElement) && !item.querySelector("li")?.contains(document.activeElement));
  reached = Math.max(0, Math.min(open.length - 1, (at < 0 ? reached : at) + step));
  const target = open[reached]?.querySelector(".basis a") || open[reached]?.querySelector("button");
  target?.focus({preventScroll: true});
  target?.closest("li").scrollIntoView({block: "center"});
});

// The print that was chosen

for (const link of document.querySelectorAll(".ways [id^='print']")) link.onclick = () => setTimeout(print, 100);

// Sentences to send

for (const words of document.querySelectorAll(".send")) {
  const said = words.textContent, button = make("button", "copy", "复制");
  button.title = "复制这一句";
  button.onclick = async () => {
    getSelection().selectAllChildren(words);
    try { await navigator.clipboard.writeText(said); } catch { document.execCommand("copy"); }
    getSelection().removeAllRanges();
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = "复制"; }, 2000);
  };
  words.after(button);
}

// The current section

let waiting = false;
const mark = () => {
  waiting = false;
  const reached = contents.filter(([, heading]) => heading && heading.getBoundingClientRect().top < 120);
  const [now] = reached.at(-1) || contents[0] || [];
  if (!now || now.getAttribute("aria-current")) return;
  for (const [link] of contents) link.removeAttribute("aria-current");
  now.setAttribute("aria-current", "true");
  document.querySelector("nav summary").dataset.now = now.textContent;
  const nav = now.closest("nav");
  if (nav.scrollHeight > nav.clientHeight) nav.scrollTop = now.offsetTop - nav.clientHeight / 2;
};
addEventListener("scroll", () => { if (!waiting) requestAnimationFrame(mark, waiting = true); }, {passive: true});
mark();

// Contents that cover the page are closed by a choice, and by Escape

const fold = document.querySelector("nav details"), covers = () => fold.open && matchMedia("(max-width: 56rem)").matches;
fold.onclick = (event) => { if (event.target.matches("a") && covers()) fold.open = false; };
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !covers()) return;
  fold.open = false;
  fold.firstChild.focus();
});

// The workbench of an article. Every button also works without this module, as a form that loads the page again.
const desk = document.getElementById("desk");
const list = desk?.querySelector(".cards");
const text = document.getElementById("text");
const adding = document.getElementById("add");
const help = document.getElementById("keys");
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

let current = null; // the card that keys act on
let stamp = desk?.dataset.stamp;
let lastAct = null; // the card of the last decision, for undo
const waiting = new Map(); // card -> timer of its unsaved input

const announcement = document.body.appendChild(document.createElement("p"));
announcement.className = "visually-hidden";
announcement.role = "status";
const say = (words) => (announcement.textContent = words);

// Offsets count code points, as the archive does; JavaScript counts UTF-16 units.
const points = (string) => [...string].length;

function offsetAt(node, at) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-start]");
  if (!paragraph || !text.contains(paragraph)) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, at);
  return Number(paragraph.dataset.start) + points(before.toString());
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const inside = all("p[data-start]", text).filter((each) => range.intersectsNode(each));
  if (!inside.length) return null;
  const last = inside.at(-1); // a selection may begin or end between two paragraphs
  const start = offsetAt(range.startContainer, range.startOffset) ?? Number(inside[0].dataset.start);
  const end = offsetAt(range.endContainer, range.endOffset) ?? Number(last.dataset.start) + points(last.textContent);
  return start >= end ? null : { start, end, words: selection.toString() };
}

// Cards

const card = (id) => document.getElementById(`card-${id}`);
const cards = () => all(".card", list);
const isTyping = (target) =>
  target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function choose(next, { scroll = true, focus = true } = {}) {
  if (!next) return;
  current?.classList.remove("current");
  all(".run.current, .handle", text).forEach((part) =>
    part.matches(".handle") ? part.remove() : part.classList.remove("current"),
  );
  current = next;
  current.classList.add("current");
  if (focus) current.focus({ preventScroll: true });
  const runs = all(`.run[data-cards~="${current.dataset.card}"]`, text);
  runs.forEach((run) => run.classList.add("current"));
  if (scroll) {
    current.scrollIntoView({ block: "nearest" });
    if (runs[0]) reveal(runs[0]);
  }
  if (current.classList.contains("expanded")) addHandles();
}

function reveal(run) {
  const [box, frame] = [run.getBoundingClientRect(), text.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) text.scrollTop += box.top - frame.top - frame.height / 3;
}

function step(direction) {
  const every = cards();
  const index = every.indexOf(current);
  choose(every[Math.min(Math.max(index + direction, 0), every.length - 1)] ?? every[0]);
}

function nextOpen(after) {
  const every = cards();
  const from = every.indexOf(after);
  return [...every.slice(from + 1), ...every.slice(0, from)].find((each) => each.dataset.state === "open");
}

// Requests

async function ask(address, options) {
  let answer = null;
  try {
    answer = await fetch(address, options);
  } catch {
    say(desk.dataset.offline);
    desk.classList.add("offline");
    return null;
  }
  desk.classList.remove("offline");
  if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
    if (options?.method === "POST") {
      say(desk.dataset.lost);
      desk.classList.add("offline");
    }
    return null;
  }
  return answer.json();
}

async function send(form, action, extra = {}) {
  const body = new FormData(form);
  body.set("do", action);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  clearTimeout(waiting.get(form.card?.value));
  waiting.delete(form.card?.value);
  return ask(desk.dataset.act, { method: "POST", body, headers: { "X-Desk": "1" } });
}

function apply(answer, own = null) {
  if (!answer?.order) return;
  stamp = answer.stamp ?? stamp;
  const place = text.scrollTop;
  const currentId = current?.dataset.card;
  for (const [id, html] of Object.entries(answer.cards ?? {})) put(id, html, own);
  const order = answer.order.map(card).filter(Boolean);
  cards().forEach((each) => order.includes(each) || each.remove());
  order.forEach(
    (each, index) => list.children[index + 1] !== each && list.insertBefore(each, list.children[index + 1]),
  );
  if (answer.text !== undefined) {
    text.innerHTML = answer.text;
    text.scrollTop = place;
  }
  if (answer.head) document.getElementById("counts").innerHTML = answer.head;
  if (currentId && card(currentId)) choose(card(currentId), { scroll: false, focus: false });
}

function put(id, html, own) {
  const fresh = document.createRange().createContextualFragment(html).firstElementChild;
  const old = card(id);
  if (old && !own && old.dataset.token === fresh.dataset.token) return;
  // what somebody types is never replaced by what somebody else did
  if (old && own === null && (waiting.has(id) || old.contains(document.activeElement))) {
    old.classList.add("outdated");
    return;
  }
  old ? old.replaceWith(fresh) : list.append(fresh);
}

let busy = 0;

async function during(task) {
  busy += 1;
  desk.setAttribute("aria-busy", "true");
  try {
    return await task;
  } finally {
    busy -= 1;
    if (!busy) desk.removeAttribute("aria-busy");
  }
}

const act = (form, action, extra) => during(take(form, action, extra));

async function take(form, action, extra) {
  const answer = await send(form, action, extra);
  if (!answer) return;
  apply(answer, true);
  if (answer.message) say(answer.message);
  const target = card(answer.focus);
  if (answer.refused) {
    choose(target);
    if (target) say(one(".errorlist", target)?.textContent.trim() ?? "");
    return;
  }
  const [name] = action.split(":");
  if (["accept", "reject"].includes(name)) {
    lastAct = answer.focus;
    const stays = target?.classList.contains("expanded");
    choose((stays ? target : nextOpen(target)) ?? target);
    say(one("h3", target)?.textContent + ": " + (target?.dataset.state ?? ""));
  } else {
    if (form === adding) adding.reset();
    choose(target);
    if (name === "add") one("input[type=radio], input[type=text], textarea", target)?.focus();
  }
}

const toggle = (target) => during(expand(target));

async function expand(target) {
  const [id, expands] = [target.dataset.card, !target.classList.contains("expanded")];
  await flush(target);
  apply(await ask(`${desk.dataset.changes}?${expands ? "open" : "show"}=${id}`), true);
  choose(card(id));
}

// What is typed is saved as it is typed.

function later(form) {
  const id = form.card?.value;
  if (!id || form.classList.contains("position")) return;
  clearTimeout(waiting.get(id));
  waiting.set(
    id,
    setTimeout(() => keep(form), 800),
  );
}

async function keep(form) {
  waiting.delete(form.card.value);
  const answer = await send(form, "keep");
  if (!answer) return;
  stamp = answer.stamp ?? stamp;
  const target = form.closest(".card");
  const token = answer.cards?.[form.card.value]?.match(/data-token="([^"]*)"/)?.[1];
  if (token) target.dataset.token = token;
}

async function flush(target) {
  if (waiting.has(target.dataset.card)) {
    clearTimeout(waiting.get(target.dataset.card));
    await keep(one("form", target));
  }
}

// Words of the text

let taken = null;
document.addEventListener("selectionchange", () => {
  const now = selected();
  if (!now || !adding) return;
  taken = now;
  adding.elements.words.value = now.words;
  adding.elements.start.value = now.start;
  adding.elements.end.value = now.end;
});
adding?.elements.words.addEventListener("input", () => (adding.elements.start.value = adding.elements.end.value = ""));

function addToCurrent() {
  if (current && adding.elements.words.value) {
    const { start, end, words } = adding.elements;
    act(one("form", current), "passage", { start: start.value, end: end.value, words: words.value });
  }
}

// The ends of the current card's words, to drag

function addHandles() {
  for (const [index, words] of all("q[data-start]", current).entries()) {
    for (const side of ["start", "end"]) {
      const place = placeOf(Number(words.dataset[side]), side);
      if (!place) continue;
      const handle = document.createElement("span");
      handle.className = `handle ${side}`;
      Object.assign(handle.dataset, { index, side, start: words.dataset.start, end: words.dataset.end });
      place.insertNode(handle);
    }
  }
}

function placeOf(offset, side) {
  const paragraph = all("p[data-start]", text).findLast((each) => Number(each.dataset.start) <= offset);
  if (!paragraph) return null;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = offset - Number(paragraph.dataset.start);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = points(node.data);
    if (left < length || (left === length && side === "end")) {
      const range = document.createRange();
      range.setStart(node, [...node.data].slice(0, left).join("").length);
      range.collapse(true);
      return range;
    }
    left -= length;
  }
  return null;
}

function caretAt(event) {
  const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (spot) return offsetAt(spot.offsetNode, spot.offset);
  const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
  return range ? offsetAt(range.startContainer, range.startOffset) : null;
}

text?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  let { start, end } = handle.dataset;
  const move = (moved) => {
    const offset = caretAt(moved);
    if (offset === null) return;
    if (handle.dataset.side === "start") start = offset;
    else end = offset;
    say(`${start}–${end}`);
    const [from, to] = [placeOf(Number(start), "start"), placeOf(Number(end), "end")];
    if (from && to)
      getSelection().setBaseAndExtent(from.startContainer, from.startOffset, to.startContainer, to.startOffset);
  };
  const stop = () => {
    handle.removeEventListener("pointermove", move);
    getSelection().removeAllRanges();
    act(one("form", current), `move:${handle.dataset.index}`, { start, end });
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", stop, { once: true });
});

// Events

desk?.addEventListener("submit", (event) => {
  if (event.target.matches(".turn")) return; // the page shows it when it is loaded again
  event.preventDefault();
  act(event.target, event.submitter?.value ?? "accept");
});

desk?.addEventListener("click", (event) => {
  const link = event.target.closest("a.toggle, a.run");
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link?.matches(".run")) {
    event.preventDefault();
    if (!selected()) choose(card(link.dataset.cards.split(" ")[0]));
  } else if (link) {
    event.preventDefault();
    toggle(link.closest(".card"));
  }
});

desk?.addEventListener("focusin", (event) => {
  const target = event.target.closest(".card");
  if (target && target !== current) choose(target, { scroll: false, focus: false });
});

desk?.addEventListener("input", (event) => event.target.form && later(event.target.form));

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => current && act(one("form", current), "accept"),
  r: () => current && act(one("form", current), "reject"),
  e: () => current && toggle(current),
  u: () => {
    const target = current?.dataset.state === "open" ? card(lastAct) : current;
    if (target) act(one("form", target), "undo");
  },
  s: () => current && act(one("form", current), "split"),
  m: () => current && act(one("form", current), "merge"),
  n: () => adding.elements.words.value && act(adding, "add:statement"),
  p: () => adding.elements.words.value && act(adding, "add:proposal"),
  w: addToCurrent,
  "?": () => (help.open ? help.close() : help.showModal()),
};

document.addEventListener("keydown", (event) => {
  if (!desk || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && event.ctrlKey && current) {
    event.preventDefault();
    act(event.target.form ?? one("form", current), event.target.form?.matches(".position") ? "position" : "accept");
  } else if (event.key === "Escape" && isTyping(event.target)) {
    current?.focus();
  } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && current && !isTyping(event.target)) {
    all(".accept-as", current)[Number(event.key) - 1]?.click();
  } else if (!event.ctrlKey && KEYS[event.key] && !isTyping(event.target) && (!help.open || event.key === "?")) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

// What others do in this article appears within a few seconds.

setInterval(async () => {
  if (!desk || document.hidden) return;
  apply(await ask(`${desk.dataset.changes}?since=${encodeURIComponent(stamp)}`));
}, 4000);

addEventListener("beforeunload", (event) => {
  if (!waiting.size) return;
  for (const id of waiting.keys()) {
    const body = new FormData(one("form", card(id)));
    body.set("do", "keep");
    navigator.sendBeacon(desk.dataset.act, body);
  }
});

if (desk) {
  document.documentElement.classList.add("scripted");
  const first = card(location.hash.replace("#card-", "")) ?? cards().find((each) => each.dataset.state === "open");
  choose(first ?? cards()[0], { scroll: Boolean(location.hash) });
  for (const link of all("#text a")) link.tabIndex = -1;
}

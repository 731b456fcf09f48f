// The workbench of an article. Without this module its buttons are plain forms.
const byId = (id) => document.getElementById(id);
const [desk, list, text, adding, help] = ["desk", "cards", "text", "add", "keys"].map(byId);
const [trouble, saved, status] = ["trouble", "saved", "status"].map(byId);
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const parse = (html) => document.createRange().createContextualFragment(html);

const KEEP_AFTER = 800; // ms

let current = null; // the card that keys act on
let stamp = ""; // of all cards, as the archive said last
const done = []; // actions that u undoes: { id, undo }

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
let silence = 0;
function say(words) {
  status.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => (status.textContent = ""), 8000);
}

function sayDone(name, target) {
  const words = desk.getAttribute(`data-say-${name}`);
  const open = all(".card.open", list).length;
  if (words) say(fill(words, { card: nameOf(target), open }));
}

function nameOf(target) {
  const words = one("q", target)?.textContent.trim().split(/\s+/).slice(0, 6).join(" ");
  return `${one("h3", target)?.textContent.trim()} “${words} …”`;
}

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

function select(start, end) {
  const [from, to] = [placeOf(start, "start"), placeOf(end, "end")];
  if (from && to)
    getSelection().setBaseAndExtent(from.startContainer, from.startOffset, to.startContainer, to.startOffset);
}

// Cards

const card = (id) => byId(`card-${id}`);
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
  if (current.matches(".expanded")) addHandles();
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
  return [...every.slice(from + 1), ...every.slice(0, from)].find((each) => each.matches(".open"));
}

// Requests, one after the other

let queue = Promise.resolve();
const inTurn = (task) => (queue = queue.then(task, task));

function setTrouble(name) {
  if (trouble.dataset.name === name) return;
  trouble.dataset.name = name;
  trouble.hidden = !name;
  trouble.textContent = name && desk.dataset[name];
  showSaved();
}

async function ask(address, options) {
  let answer = null;
  try {
    answer = await fetch(address, options);
  } catch {
    setTrouble("offline");
    return null;
  }
  if (answer.ok && !answer.redirected && answer.headers.get("Content-Type")?.includes("json")) {
    setTrouble("");
    return answer.json().catch(() => null);
  }
  if (answer.status === 404) say(desk.dataset.gone);
  else setTrouble(answer.status >= 500 ? "fault" : "lost");
  return null;
}

// changes at signing in
const token = (form) => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.csrfmiddlewaretoken.value;

function post(form, body, options) {
  body.set("csrfmiddlewaretoken", token(form));
  return ask(desk.dataset.act, { method: "POST", body, headers: { "X-Desk": "1" }, ...options });
}

function look(ids, open) {
  const query = [...ids.map((id) => `card=${id}`), ...open.map((id) => `open=${id}`)];
  return ask(`${desk.dataset.changes}?${query.join("&")}`);
}

// The values with which a form was drawn are its stored ones.

const fieldsOf = (form) =>
  [...form.elements].filter((each) => each.name && each.type !== "hidden" && !each.matches("button, fieldset"));

const isBox = (field) => /^(radio|checkbox)$/.test(field.type);

function valueOf(field, stored) {
  if (isBox(field)) return field[stored ? "defaultChecked" : "checked"] ? [field.value] : [];
  if (!field.options) return [field[stored ? "defaultValue" : "value"]];
  const options = [...field.options];
  return [(options.find((each) => each[stored ? "defaultSelected" : "selected"]) ?? options[0]).value];
}

function valuesOf(form, stored) {
  const values = {};
  for (const field of fieldsOf(form)) (values[field.name] ??= []).push(...valueOf(field, stored));
  return values;
}

function changed(form) {
  const [now, before] = [valuesOf(form), valuesOf(form, true)];
  return Object.keys(now).filter((name) => String(now[name]) !== String(before[name]));
}

function write(field, values, stored) {
  const now = field.value;
  if (isBox(field)) field[stored ? "defaultChecked" : "checked"] = values.includes(field.value);
  else if (field.options && stored) {
    for (const each of field.options) each.defaultSelected = values.includes(each.value);
    field.value = now;
  } else if (values.length) field[stored ? "defaultValue" : "value"] = values[0];
}

function writeAll(form, values, stored) {
  for (const field of fieldsOf(form)) if (values[field.name]) write(field, values[field.name], stored);
}

const isChanged = (form) => changed(form).length > 0;
const unsaved = () => all("form", list).filter(isChanged);

function showSaved() {
  const name = !unsaved().length ? "allSaved" : trouble.dataset.name ? "notSaved" : "saving";
  saved.textContent = desk.dataset[name];
  saved.className = name;
}

// What is typed is stored at once, or later

const timers = new Map(); // form -> timer
const mine = new Map(); // "card field" -> what this page stored last
const notes = new Map(); // "card field" -> { kind, words, by }

function later(form) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(keep, KEEP_AFTER, form));
  showSaved();
}

function keepBody(form) {
  const body = new FormData();
  const [now, before] = [valuesOf(form), valuesOf(form, true)];
  const names = form.matches(".position") ? Object.keys(now) : changed(form);
  for (const name of names) {
    if (fieldsOf(form).some((each) => each.name === name && each.type === "checkbox")) body.append("fields", name);
    for (const value of now[name]) body.append(name, value);
    for (const value of before[name]) body.append(`was-${name}`, value);
  }
  for (const name of ["card", "revision", "opened_by"]) body.set(name, form.elements[name].value);
  body.set("do", "keep");
  return body;
}

const keep = (form) => inTurn(() => store(form));

async function store(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const names = form.isConnected ? changed(form) : [];
  if (!names.length) return;
  const [id, sent] = [form.card.value, valuesOf(form)];
  const answer = await post(form, keepBody(form));
  if (!answer) return;
  writeAll(form, sent, true);
  for (const name of names) mine.set(`${id} ${name}`, String(sent[name]));
  for (const [name, words] of Object.entries(answer.theirs ?? {}))
    notes.set(`${id} ${name}`, { kind: "theirs", words, by: answer.by });
  const target = card(id);
  for (const each of all("form", target)) each.elements.revision.value = answer.revision;
  // without its token the card is drawn again
  target.dataset.token = answer.is_stale ? "" : `${answer.revision}.${target.dataset.token.split(".")[1]}`;
  if (answer.is_stale) await refresh([id]);
  showSaved();
}

const refresh = async (ids) =>
  apply(
    await look(
      ids,
      ids.filter((id) => card(id)?.matches(".expanded")),
    ),
  );

function addNotes(target) {
  const id = target.dataset.card;
  for (const [key, words] of mine) {
    const name = key.startsWith(`${id} `) && key.slice(id.length + 1);
    const form = name && one("form", target);
    const stored = form && valuesOf(form, true)[name];
    if (stored && String(stored) !== words && !notes.has(key))
      notes.set(key, { kind: "replaced", words, by: target.dataset.by });
  }
  all(".theirs", target).forEach((each) => each.remove());
  for (const [key, each] of notes) if (key.startsWith(`${id} `)) addNote(target, key, key.slice(id.length + 1), each);
}

function addNote(target, key, name, { kind, words, by }) {
  mine.delete(key);
  const note = parse(byId("theirs").innerHTML).firstElementChild;
  one("span", note).textContent = fill(desk.dataset[kind], { by: by || desk.dataset.you, words });
  const [take, close] = all("button", note);
  const field = one(`[name="${CSS.escape(name)}"]`, target);
  take.hidden = !field || isBox(field);
  take.addEventListener("click", () => {
    field.value = words;
    later(field.form);
  });
  for (const button of [take, close])
    button.addEventListener("click", () => {
      notes.delete(key);
      note.remove();
      (field ?? target).focus();
    });
  (field?.closest(".field, .row, fieldset") ?? one("header", target)).before(note);
}

// New cards and text

function apply(answer, own = false) {
  if (!answer?.order) return;
  const currentId = current?.dataset.card;
  for (const [id, html] of Object.entries(answer.cards ?? {})) put(id, html, own);
  const order = answer.order.map(card).filter(Boolean);
  cards().forEach((each) => order.includes(each) || each.remove());
  if (order.length) all(":scope > .help", list).forEach((each) => each.remove());
  order.forEach(
    (each, index) => list.children[index + 1] !== each && list.insertBefore(each, list.children[index + 1]),
  );
  if (answer.text !== undefined) drawText(answer.text);
  if (answer.head) byId("counts").innerHTML = answer.head;
  const still = card(currentId) ?? cards()[0];
  const focus = document.activeElement === document.body; // what had it was replaced
  if (still) choose(still, { scroll: false, focus });
}

function put(id, html, own) {
  const fresh = parse(html).firstElementChild;
  const old = card(id);
  if (!old) return list.append(fresh);
  if (!own && old.dataset.token === fresh.dataset.token) return null;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const typed = all("form", old).map((form) => [form.className, changed(form), valuesOf(form)]);
  all("form", old).forEach((form) => clearTimeout(timers.get(form)));
  const opened = all("details[open]", old).map((each) => each.className);
  old.replaceWith(fresh);
  for (const each of all("details", fresh)) each.open ||= opened.includes(each.className);
  for (const [kind, names, values] of typed) {
    const form = all("form", fresh).find((each) => each.className === kind);
    if (!form || !names.length) continue;
    writeAll(form, Object.fromEntries(names.map((name) => [name, values[name]])));
    if (isChanged(form)) later(form);
  }
  addNotes(fresh);
  if (focused) focusLike(focused, fresh);
  return null;
}

function focusLike(old, target) {
  const names = isBox(old) || old.matches("button, a") ? ["id", "name", "value", "className"] : ["id", "name"];
  const same = all(old.localName, target).find((each) => names.every((name) => each[name] === old[name]));
  (same ?? target).focus({ preventScroll: true });
  if (same && /^text/.test(same.type)) same.setSelectionRange(old.selectionStart, old.selectionEnd);
}

const drawn = new Map(); // start of a paragraph -> its HTML

function drawText(html) {
  const selection = selected();
  const fresh = [...parse(html).children];
  fresh.forEach((paragraph, index) => {
    const [start, now] = [paragraph.dataset.start, text.children[index]];
    const html = paragraph.outerHTML;
    if (now?.dataset.start === start && drawn.get(start) === html) return;
    drawn.set(start, html);
    for (const link of all("a", paragraph)) link.tabIndex = -1;
    now ? now.replaceWith(paragraph) : text.append(paragraph);
  });
  while (text.children.length > fresh.length) text.lastElementChild.remove();
  if (selection) select(selection.start, selection.end);
}

// Actions

let busy = 0;

async function during(task) {
  busy += 1;
  desk.setAttribute("aria-busy", "true");
  try {
    return await task;
  } finally {
    busy -= 1;
    if (!busy) desk.removeAttribute("aria-busy");
    showSaved();
  }
}

const act = (form, action, extra) => during(take(form, action, extra));
const UNDO = { accept: "undo", reject: "undo", add: "reject" };
const OF_WORDS = ["move", "drop", "passage", "split", "merge"];

function send(form, action, extra) {
  return inTurn(async () => {
    const id = form.card?.value;
    if (id && !form.isConnected) form = all("form", card(id)).find((each) => each.className === form.className);
    clearTimeout(timers.get(form));
    const [body, sent] = [new FormData(form), valuesOf(form)];
    for (const [name, value] of Object.entries({ do: action, ...extra })) body.set(name, value);
    for (const each of all(".expanded", list)) body.append("open", each.dataset.card);
    const answer = await post(form, body);
    if (answer && !answer.stale) writeAll(form, sent, true);
    if (answer && !answer.refused) for (const key of mine.keys()) if (key.startsWith(`${id} `)) mine.delete(key);
    return answer;
  });
}

async function take(form, action, extra) {
  const [name] = action.split(":");
  const start = form.closest(".card");
  const moved = isSurelyTaken(start, name) ? nextOpen(start) : null;
  start?.classList.add("pending");
  if (moved) choose(moved);
  const answer = await send(form, action, extra);
  card(start?.dataset.card)?.classList.remove("pending");
  if (!answer) return moved && current === moved && choose(start);
  apply(answer, true);
  const target = card(answer.focus);
  if (answer.refused) return refused(answer, target);
  const undo = OF_WORDS.includes(name) ? "back" : UNDO[name];
  if (undo) done.push({ id: answer.focus, undo });
  if (["accept", "reject"].includes(name)) goOn(target, moved);
  else {
    if (form === adding) clearWords();
    choose(target);
    if (name === "add") one("[name=speaker], [name=title], [name=speaker_other]", target)?.focus();
  }
  return sayDone(name, target);
}

// Whether the keys go on before the archive has answered
function isSurelyTaken(target, name) {
  if (!target || !["accept", "reject"].includes(name) || target.matches(".expanded")) return false;
  return name === "reject" || !all(".accept-as, textarea[name=text]", target).some((each) => !each.value?.trim());
}

function goOn(target, moved) {
  if (moved?.dataset && card(moved.dataset.card) === current) return;
  const stays = target?.matches(".expanded");
  choose((stays ? target : nextOpen(target)) ?? target);
}

function refused(answer, target) {
  const words = target && one(".errorlist", target)?.textContent.trim();
  say([answer.message, words].filter(Boolean).join(" "));
  if (!target) return;
  if (current !== target && document.activeElement.matches("input, textarea, select")) return;
  choose(target);
  one(".errorlist", target)?.scrollIntoView({ block: "nearest" });
}

const toggle = (target) => during(expand(target));

async function expand(target) {
  const [id, opens] = [target.dataset.card, !target.matches(".expanded")];
  await Promise.all(all("form", target).map(keep));
  const answer = await inTurn(() => look([id], opens ? [id] : []));
  apply(answer, true);
  if (answer) choose(card(id));
}

function undo() {
  if (current && current.dataset.state !== "open") return act(one("form", current), "undo");
  let last = done.pop();
  while (last && !card(last.id)) last = done.pop();
  if (last) return act(one("form", card(last.id)), last.undo);
  return current?.dataset.earlier ? act(one("form", current), "back") : say(desk.dataset.nothing);
}

// Words of the text

document.addEventListener("selectionchange", () => {
  const now = adding && !dragged && selected();
  if (!now) return;
  const turn = one(".turns[open] [name=turn_words]");
  if (turn) turn.value = now.words;
  adding.closest("details").open = true;
  adding.elements.words.value = now.words;
  adding.elements.start.value = now.start;
  adding.elements.end.value = now.end;
});
adding?.elements.words.addEventListener("input", () => (adding.elements.start.value = adding.elements.end.value = ""));

function clearWords() {
  for (const name of ["words", "start", "end"]) adding.elements[name].value = "";
}

function addToCurrent() {
  const { start, end, words } = adding.elements;
  if (!current || !words.value) return say(desk.dataset.select);
  return act(one("form", current), "passage", { start: start.value, end: end.value, words: words.value });
}

const add = (kind) => (adding.elements.words.value ? act(adding, `add:${kind}`) : say(desk.dataset.select));

// The ends of the current card's words, to drag

let dragged = null;

function addHandles() {
  for (const [index, words] of all("q[data-start]", current).entries()) {
    for (const side of ["start", "end"]) {
      const spot = placeOf(Number(words.dataset[side]), side);
      if (!spot) continue;
      const handle = document.createElement("span");
      handle.className = `handle ${side}`;
      Object.assign(handle.dataset, { index, side, start: words.dataset.start, end: words.dataset.end });
      spot.insertNode(handle);
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

function caretAt({ clientX, clientY }) {
  const spot = document.caretPositionFromPoint(clientX, clientY);
  return spot && offsetAt(spot.offsetNode, spot.offset);
}

text?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  dragged = { ...handle.dataset };
  const move = (moved) => {
    const frame = text.getBoundingClientRect();
    if (moved.clientY < frame.top + 16) text.scrollTop -= 12;
    if (moved.clientY > frame.bottom - 16) text.scrollTop += 12;
    const offset = caretAt(moved);
    if (offset === null || !dragged) return;
    dragged[dragged.side] = offset;
    select(Number(dragged.start), Number(dragged.end));
  };
  const stop = (stopped) => {
    handle.removeEventListener("pointermove", move);
    getSelection().removeAllRanges();
    const [before, { index, start, end } = {}] = [handle.dataset, dragged];
    dragged = null;
    if (stopped.type === "pointercancel" || (String(start) === before.start && String(end) === before.end)) return;
    act(one("form", current), `move:${index}`, { start, end });
  };
  handle.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, stop, { once: true });
});

// Events

desk?.addEventListener("submit", (event) => {
  if (event.target.matches(".turn")) return; // the page shows it when it is loaded again
  event.preventDefault();
  act(event.target, event.submitter?.value ?? "accept");
});

desk?.addEventListener("click", (event) => {
  const link = event.target.closest("a.toggle, a.run");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.matches(".toggle")) toggle(link.closest(".card"));
  else if (!selected()) choose(card(link.dataset.cards.split(" ")[0]));
});

desk?.addEventListener("focusin", (event) => {
  const target = event.target.closest(".card");
  if (target && target !== current) choose(target, { scroll: false, focus: false });
});

desk?.addEventListener("input", ({ target }) => {
  if (!target.form?.closest(".card")) return;
  if (target.name === "form")
    during(drawAgain(target.form)); // other fields belong to another form
  else later(target.form);
});

async function drawAgain(form) {
  await keep(form);
  await inTurn(() => refresh([form.card.value]));
}

const onCard = (action) => () => current && act(one("form", current), action);
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: onCard("accept"),
  r: onCard("reject"),
  e: () => current && toggle(current),
  u: undo,
  s: onCard("split"),
  m: onCard("merge"),
  n: () => add("statement"),
  p: () => add("proposal"),
  w: addToCurrent,
  "?": () => (help.open ? help.close() : help.showModal()),
};

document.addEventListener("keydown", (event) => {
  if (!desk || event.altKey || event.metaKey || event.isComposing) return;
  const typing = isTyping(event.target);
  if (event.key === "Enter" && event.ctrlKey && current) {
    event.preventDefault();
    const form = event.target.closest(".card form") ?? one("form", current);
    act(form, form.matches(".position") ? "position" : "accept");
  } else if (event.key === "Escape" && typing) {
    current?.focus();
  } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && current && !typing) {
    all(".accept-as, [name=speaker]", current)[Number(event.key) - 1]?.click();
  } else if (!event.ctrlKey && KEYS[event.key] && !typing && (!help.open || event.key === "?")) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

// What others do appears within seconds.

async function watch() {
  if (!desk || dragged || (document.hidden && !unsaved().length)) return;
  // in turn: a card made meanwhile is not in the answer
  const answer = await inTurn(async () => {
    const news = await ask(`${desk.dataset.changes}?since=${stamp}`);
    if (news?.tokens) await catchUp(news.tokens);
    return news;
  });
  if (!answer?.stamp) return;
  stamp = answer.stamp;
  for (const form of unsaved()) if (!timers.has(form)) await keep(form);
}

async function catchUp(tokens) {
  const ids = Object.keys(tokens).filter((id) => card(id)?.dataset.token !== tokens[id]);
  for (const form of ids.filter(card).flatMap((id) => all("form", card(id)))) await store(form);
  if (ids.length) await refresh(ids);
  else cards().forEach((each) => each.dataset.card in tokens || each.remove());
}

setInterval(watch, 4000);
addEventListener("online", watch);
document.addEventListener("visibilitychange", watch);

addEventListener("beforeunload", (event) => {
  if (!desk) return;
  for (const form of unsaved()) post(form, keepBody(form), { keepalive: true });
  if (trouble.dataset.name && unsaved().length) event.preventDefault();
});

if (desk) {
  document.documentElement.classList.add("scripted");
  for (const each of text.children) drawn.set(each.dataset.start, each.outerHTML);
  for (const link of all("#text a")) link.tabIndex = -1;
  const first = card(location.hash.replace("#card-", "")) ?? cards().find((each) => each.dataset.state === "open");
  choose(first ?? cards()[0], { scroll: Boolean(location.hash) });
  showSaved();
}

// Swaps the results without loading the page again; without this module every link and form works as it stands.
const find = (part, page = document) => page.querySelector(part);

const said = document.body.appendChild(document.createElement("p"));
said.className = "vh";
said.role = "status";

let shown = location.pathname + location.search; // a move to a part of the page asks for nothing new
let asked = 0; // a slow answer gives way to whatever was asked after it

async function show(address, isNew) {
  const mine = ++asked;
  find("#results")?.setAttribute("aria-busy", "true");
  const answer = await fetch(address).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  if (!page || !find("#results") || !find("#results", page)) return location.assign(address);
  for (const part of ["#results", "#filters", ".searchbox"]) find(part)?.replaceWith(find(part, page));
  document.title = page.title;
  if (isNew) history.pushState(null, "", address);
  shown = location.pathname + location.search;
  said.textContent = find("#results-heading").textContent;
  if (isNew) find("#results-heading").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#results a, #filters a");
  const isPlain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || link.pathname !== location.pathname || link.hash) return;
  event.preventDefault();
  show(link.href, true);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".searchbox, #filters") || !find("#results")) return;
  event.preventDefault();
  const pairs = [...new FormData(event.target)].filter(([, value]) => value);
  show(`${location.pathname}?${new URLSearchParams(pairs)}`, true);
});

addEventListener("popstate", () => {
  const now = location.pathname + location.search;
  if (now === shown) return;
  shown = now; // at once: a second step back may come before the answer to the first
  show(location.href, false);
});

// Replaces the results without reloading the page. Every link and form also works without this module.
const find = (part, page = document) => page.querySelector(part);

const announcement = document.body.appendChild(document.createElement("p"));
announcement.className = "vh";
announcement.role = "status";

let currentUrl = location.pathname + location.search; // a move within the page needs no request
let latestRequest = 0; // an answer is dropped if a newer request was sent meanwhile

async function show(address, isNew) {
  const request = ++latestRequest;
  find("#results")?.setAttribute("aria-busy", "true");
  const answer = await fetch(address).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (request !== latestRequest) return;
  if (!page || !find("#results") || !find("#results", page)) return location.assign(address);
  for (const part of ["#results", "#filters", ".searchbox"]) find(part)?.replaceWith(find(part, page));
  document.title = page.title;
  if (isNew) history.pushState(null, "", address);
  currentUrl = location.pathname + location.search;
  announcement.textContent = find("#results-heading").textContent;
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
  const newUrl = location.pathname + location.search;
  if (newUrl === currentUrl) return;
  currentUrl = newUrl; // set before the answer comes, because a second step back may precede it
  show(location.href, false);
});

// Replaces the results without reloading the page. Every link and form also works without this module.
const find = (part, page = document) => page.querySelector(part);
const text = (page) => find("#results-heading", page).textContent.trim();

const announcement = document.body.appendChild(document.createElement("p"));
announcement.className = "vh";
announcement.role = "status";

let currentUrl = location.pathname + location.search; // a move within the page needs no request
let latestRequest = 0; // an answer is dropped if a newer request was sent meanwhile

async function load(address) {
  const request = ++latestRequest;
  find("#results")?.setAttribute("aria-busy", "true");
  const answer = await fetch(address).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (request !== latestRequest) return;
  find("#results")?.removeAttribute("aria-busy");
  if (page && find("#results") && find("#results", page)) return page;
  location.assign(address);
}

// `box` selects the one that was ticked; it keeps the focus
async function show(address, isNew, box) {
  const page = await load(address);
  if (!page) return;
  const fold = find("#filters details:has(input)", page);
  if (fold) fold.open ||= find("#filters details:has(input)")?.open;
  for (const part of ["#results", "#filters", ".searchbox"]) find(part)?.replaceWith(find(part, page));
  document.title = page.title;
  if (isNew) history.pushState(null, "", address);
  currentUrl = location.pathname + location.search;
  announcement.textContent = text();
  if (isNew) ((box && find(box)) ?? find("#results-heading")).focus();
}

function addressOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => value);
  return `${location.pathname}?${new URLSearchParams(pairs)}`;
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
  show(addressOf(event.target), true);
});

// A ticked box applies at once beside the results; in the panel of a phone it tells how many there will be.
document.addEventListener("change", async ({ target: box }) => {
  if (!box.matches("#filters [type=checkbox]")) return;
  const address = addressOf(box.form);
  if (!matchMedia("(max-width: 52rem)").matches) {
    return show(address, true, `#filters [name="${box.name}"][value="${CSS.escape(box.value)}"]`);
  }
  const page = await load(address);
  if (!page) return;
  find("#filters > button").textContent = find("#filters > button", page).dataset.found;
  announcement.textContent = text(page);
});

addEventListener("popstate", () => {
  const newUrl = location.pathname + location.search;
  if (newUrl === currentUrl) return;
  currentUrl = newUrl; // set before the answer comes, because a second step back may precede it
  show(location.href, false);
});

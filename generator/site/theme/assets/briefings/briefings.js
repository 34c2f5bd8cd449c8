// What the site does in the browser. Every page can be read without it.

"use strict";

const words = JSON.parse(document.getElementById("__briefings")?.textContent || "{}");
const wide = matchMedia("(min-width: 76.25em)");

// --- the source beside the entries ------------------------------------------------------------

function followSource(page) {
  const column = page.querySelector(".bf-source__inner");
  const runs = [...page.querySelectorAll(".bf-source [data-of]")];
  if (!column || !runs.length) return;
  const of = (id) => runs.filter((run) => run.dataset.of.split(" ").includes(id));
  let shown = null;

  const look = (entry) => {
    if (entry === shown) return;
    shown?.classList.remove("is-looked-at");
    runs.forEach((run) => run.classList.remove("is-marked"));
    shown = entry;
    if (!entry) return;
    entry.classList.add("is-looked-at");
    const marked = of(entry.id);
    marked.forEach((run) => run.classList.add("is-marked"));
    const place = marked[0] || document.getElementById("p" + entry.dataset.paragraph);
    if (wide.matches && place) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const top = place.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
      column.scrollTo({ top: top - column.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
    }
  };

  // On a small screen the paragraph unfolds under the entry, at its paragraph number.
  const unfold = (entry, link) => {
    const open = entry.querySelector(".bf-unfolded");
    if (open) {
      open.remove();
      link.setAttribute("aria-expanded", "false");
      return;
    }
    const paragraph = document.getElementById(link.hash.slice(1));
    if (!paragraph) return;
    const copy = document.createElement("blockquote");
    copy.className = "bf-unfolded";
    for (const node of paragraph.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) copy.append(node.textContent);
      else if (node.dataset.of) {
        const marked = node.dataset.of.split(" ").includes(entry.id);
        const piece = document.createElement(marked ? "mark" : "span");
        piece.textContent = node.textContent;
        copy.append(piece);
      }
    }
    (entry.matches("tr") ? entry.querySelector(".bf-step__what") : entry).append(copy);
    link.setAttribute("aria-expanded", "true");
  };

  let waiting;
  for (const entry of page.querySelectorAll("[data-entry]")) {
    // A pointer that only passes over the page moves nothing.
    entry.addEventListener("pointerenter", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => look(entry), 120);
    });
    entry.addEventListener("pointerleave", () => clearTimeout(waiting));
    entry.addEventListener("focusin", () => look(entry));
    entry.querySelector("a.bf-para")?.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (wide.matches) {
        look(null);
        look(entry);
      } else unfold(entry, event.currentTarget);
    });
  }
  const target = () => {
    const entry = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (entry?.matches?.("[data-entry]")) look(entry);
  };
  addEventListener("hashchange", target);
  target();
}

// --- where the reader is ------------------------------------------------------------------------

function followRail(page) {
  const links = [...page.querySelectorAll(".bf-rail a")];
  if (!links.length) return;
  // A line a fifth down the window runs through what is being read, however the reader came there.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = links.find((link) => link.hash === "#" + target.getAttribute("aria-labelledby"));
        if (isIntersecting) link?.setAttribute("aria-current", "true");
        else link?.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-20% 0px -80% 0px" },
  );
  for (const section of page.querySelectorAll(".bf-section[aria-labelledby]")) seen.observe(section);
}

// --- copying --------------------------------------------------------------------------------------

function offerCopies(page) {
  if (!navigator.clipboard) return;
  const button = (label, kind, text) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `bf-action bf-copy bf-copy--${kind}`;
    const say = (word) => {
      made.title = word;
      made.setAttribute("aria-label", word);
    };
    say(label);
    made.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text());
      say(words.copied);
      made.classList.add("bf-copy--done");
      setTimeout(() => {
        say(label);
        made.classList.remove("bf-copy--done");
      }, 1500);
    });
    return made;
  };
  const base = document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];
  const title = page.querySelector("h1")?.textContent.trim();
  for (const entry of page.querySelectorAll("[data-entry]")) {
    const tools = entry.querySelector(".bf-tools");
    if (!tools) continue;
    const address = () => base + "#" + entry.id;
    if (entry.matches(".bf-quote")) {
      const said = entry.querySelector("blockquote").textContent.trim();
      const who = entry.querySelector("figcaption .bf-actor__name, figcaption .bf-unnamed")?.textContent.trim();
      const day = page.querySelector(".bf-kicker")?.textContent.replace(/\s+/g, " ").trim();
      const where = day.split(" · ").slice(0, 2).join(", ");
      const filled = () => ({ quote: said, who, title, where, address: address() });
      tools.append(button(words.copy_quote, "quote", () => words.quote_from.replace(/\{(\w+)\}/g, (all, key) => filled()[key] ?? all)));
    }
    tools.append(button(words.copy_link, "link", address));
  }
  const actions = page.querySelector(".bf-actions");
  if (actions) {
    const print = document.createElement("button");
    print.type = "button";
    print.className = "bf-action";
    print.textContent = words.print;
    print.addEventListener("click", () => window.print());
    actions.append(print);
  }
}

// --- the state of a step follows today's date -------------------------------------------------------

/** "done", "overdue" (the date has passed), "due" (within a week), "open", or "" without a date. */
function stateOf(date, done, today) {
  if (done) return "done";
  if (!date) return "";
  const now = today.toISOString().slice(0, 10);
  if (date < now.slice(0, date.length)) return "overdue";
  const soon = new Date(today.getTime() + 7 * 86400000).toISOString().slice(0, 10);
  return date.length === 10 && date <= soon ? "due" : "open";
}

window.briefingsStateOf = stateOf;

function markSteps(page) {
  const now = new Date();
  const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  for (const step of page.querySelectorAll(".bf-step")) {
    const state = stateOf(step.dataset.date, step.dataset.done === "yes", today);
    step.dataset.state = state || "undated";
    const shown = step.querySelector(".bf-state");
    if (shown && state && state !== "open") {
      shown.dataset.state = state;
      shown.textContent = words.state[state];
    }
  }
}

/** A line in the timeline between what lies ahead and what has been, where both stand on the page. */
function markToday(page) {
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const days = [...page.querySelectorAll(".bf-timeline > li[data-date]")];
  const first = days.findIndex((day) => day.dataset.date <= today.slice(0, day.dataset.date.length));
  if (first > 0) days[first].dataset.today = words.today;
}

// --- the words that a search found, marked where they stand ---------------------------------------------

function markFound() {
  const found = JSON.parse(sessionStorage.getItem("briefings.marks") || "[]");
  const entry = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!entry || !found.length) return;
  sessionStorage.removeItem("briefings.marks");
  const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();
  const wanted = new Set(found.map(bare).filter(Boolean));
  const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const pieces = text.data.split(/([\p{L}\p{N}][\p{L}\p{N}’'-]*)/u);
    if (!pieces.some((piece) => wanted.has(bare(piece)))) continue;
    text.replaceWith(
      ...pieces.map((piece) => {
        if (!wanted.has(bare(piece))) return piece;
        const mark = document.createElement("mark");
        mark.className = "bf-found";
        mark.textContent = piece;
        return mark;
      }),
    );
  }
}

// --- one step into a calendar: its event cut out of the briefing's file ------------------------------

function offerEvents(page) {
  for (const link of page.querySelectorAll("a.bf-calendar")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const file = await (await fetch(link.href)).text();
      const [head] = file.split("BEGIN:VEVENT", 1);
      // Long lines are folded: a line that begins with a space continues the one before.
      const wanted = (body) => body.replace(/\r\n[ \t]/g, "").includes(`UID:${link.dataset.uid}`);
      const found = file.split("BEGIN:VEVENT").slice(1).map((part) => part.split("END:VEVENT")[0]).find(wanted);
      if (!found) return;
      const one = `${head}BEGIN:VEVENT${found}END:VEVENT\r\nEND:VCALENDAR\r\n`;
      const save = document.createElement("a");
      save.href = URL.createObjectURL(new Blob([one], { type: "text/calendar" }));
      save.download = `${link.dataset.uid.split("@")[0]}.ics`;
      save.click();
      URL.revokeObjectURL(save.href);
    });
  }
}

addEventListener("hashchange", markFound);
markFound();

for (const page of document.querySelectorAll(".bf")) {
  followSource(page);
  followRail(page);
  offerCopies(page);
  markSteps(page);
  markToday(page);
  offerEvents(page);
}

// The search: Pagefind's index, shown by kind of entry, each hit leading to the entry itself.

"use strict";

{
  const opener = document.getElementById("bf-search-open");
  const dialog = document.getElementById("bf-search");
  if (opener && dialog?.showModal) {
    const said = JSON.parse(document.getElementById("__briefings").textContent);
    const words = said.search;
    const input = dialog.querySelector(".bf-search__input");
    const note = dialog.querySelector(".bf-search__note");
    const list = dialog.querySelector(".bf-search__hits");
    const filterBar = dialog.querySelector(".bf-search__filters");
    const root = new URL(opener.dataset.index, location.href);
    const home = new URL("..", root);
    const KINDS = ["actor", "briefing", "quote", "position", "step", "event", "issue", "source", "page"];
    const OF_PREFIX = { q: "quote", p: "position", n: "step", e: "event", s: "briefing" };
    const PAGES = 12; // how many pages of the index a query looks into
    const SHOWN = 4; // how many hits of a kind stand there before "more"
    const PAUSE = 120; // milliseconds without another key after which a query is asked
    let query = 0;
    let all = new Set();

    const make = (tag, className, text) => {
      const made = document.createElement(tag);
      if (className) made.className = className;
      if (text) made.textContent = text;
      return made;
    };

    const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    let loading = null;
    let offered = null;

    /** Pagefind, loaded once however many keys are pressed meanwhile; a failure may be tried again. */
    function load() {
      loading ||= start().catch((error) => {
        loading = null;
        throw error;
      });
      return loading;
    }

    async function start() {
      const module = await import(root);
      // A worker would load the program once more, and take a fifth longer to the first result.
      await module.options({ noWorker: true, baseUrl: home.pathname, excerptLength: 30 });
      await module.init();
      return module;
    }

    // --- filters -----------------------------------------------------------------------------

    // "2026" and "2026-04" as people write them.
    const language = said.language === "en" ? "en-GB" : said.language;
    const month = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" });
    const dated = (value) => (value.length > 4 ? month.format(new Date(`${value}-01`)) : value);
    const commonest = (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]);
    // The newest year, its months, the year before.
    const newest = ([a], [b]) => b.slice(0, 4).localeCompare(a.slice(0, 4)) || a.length - b.length || b.localeCompare(a);
    const FILTERS = [
      ["actor", words.actor, commonest],
      ["issue", words.issue, commonest],
      ["date", words.date, newest],
      ["outlet", words.outlet, commonest],
    ];

    /** The selects, filled once; after the first result, which would have to wait for them. */
    function offerFilters() {
      offered ||= load()
        .then((pagefind) => pagefind.filters())
        .then((found) => {
          for (const [key, label, order] of FILTERS) {
            const values = Object.entries(found[key] || {}).sort(order);
            // One month is all there is, and so is its year.
            if (values.filter(([value]) => key !== "date" || value.length > 4).length < 2) continue;
            const select = make("select", "bf-search__filter");
            select.name = key;
            select.setAttribute("aria-label", label);
            select.append(new Option(`${label}: ${words.any}`, ""));
            for (const [value] of values.slice(0, 300)) select.append(new Option(key === "date" ? dated(value) : value, value));
            select.addEventListener("change", run);
            filterBar.append(select);
          }
        })
        .catch((error) => {
          offered = null;
          console.error(error);
        });
    }

    const filters = () => {
      const chosen = {};
      for (const select of filterBar.querySelectorAll("select")) if (select.value) chosen[select.name] = select.value;
      return chosen;
    };

    // --- from pages to entries ------------------------------------------------------------------

    /** The entries of a page that hold the words found, the one with most of them first. */
    function hitsOf(page) {
      const kind = page.filters.kind?.[0] || "page";
      const title = page.meta.title;
      const about = [page.meta.date, page.meta.publisher || page.meta.role].filter(Boolean).join(" · ");
      const tokens = page.raw_content.split(/[\r\n\s]+/g);
      const anchors = page.anchors.map((a) => ({ ...a, found: [] }));
      const inTitle = new Set();
      for (const place of page.locations) {
        let holder = null;
        for (const anchor of anchors) {
          if (anchor.location > place) break;
          holder = anchor;
        }
        if (holder) holder.found.push(place);
        else inTitle.add(tokens[place]);
      }
      const entries = anchors
        .filter((a) => a.found.length)
        .map((a, index) => {
          const following = anchors[anchors.indexOf(a) + 1];
          const until = following ? following.location : tokens.length;
          return {
            kind: kind !== "briefing" ? kind : /^p\d+$/.test(a.id) ? "source" : OF_PREFIX[a.id[0]] || "briefing",
            url: `${page.url}#${a.id}`,
            title,
            about,
            words: tokens.slice(a.location, until).map((text, n) => [text, a.found.includes(a.location + n)]),
            weight: new Set(a.found.map((place) => tokens[place].toLowerCase())).size,
            order: index,
          };
        })
        .sort((a, b) => b.weight - a.weight || a.order - b.order);
      const proper = entries.filter((hit) => hit.kind !== "source");
      const hits = proper.length ? proper.slice(0, 6) : entries.slice(0, 1);
      // A title that says as much as an entry stands before it.
      if (inTitle.size || !hits.length) {
        hits.unshift({ kind, url: page.url, title, about, words: [], weight: inTitle.size + 0.5 });
      }
      return hits;
    }

    // --- showing ---------------------------------------------------------------------------------

    function excerpt(parts) {
      const first = Math.max(0, parts.findIndex(([, found]) => found) - 12);
      const made = make("p", "bf-hit__text");
      if (first) made.append("… ");
      for (const [text, found] of parts.slice(first, first + 40)) {
        const [, before, word, after] = text.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
        if (found) made.append(before, make("mark", "", word), after, " ");
        else made.append(text, " ");
      }
      if (parts.length > first + 40) made.append("…");
      return made;
    }

    function show(hits) {
      list.replaceChildren();
      const best = (kind) => Math.max(0, ...hits.filter((hit) => hit.kind === kind).map((hit) => hit.weight));
      // The kind with the best hit stands first, the manual last; a stable sort keeps the order of KINDS otherwise.
      const last = (kind) => (kind === "page" ? 1 : 0);
      for (const kind of KINDS.filter(best).sort((a, b) => last(a) - last(b) || best(b) - best(a))) {
        const found = hits.filter((hit) => hit.kind === kind);
        const group = make("section", "bf-hits");
        group.setAttribute("role", "group");
        const heading = make("h2", "bf-label", words.kind[kind] || kind);
        heading.id = `bf-hits-${kind}`;
        group.setAttribute("aria-labelledby", heading.id);
        group.append(heading);
        const rest = all.has(kind) ? found.length : SHOWN;
        found.slice(0, rest).forEach((hit) => {
          const link = make("a", "bf-hit");
          link.href = hit.url;
          link.id = `bf-hit-${list.querySelectorAll(".bf-hit").length + group.querySelectorAll(".bf-hit").length}`;
          link.setAttribute("role", "option");
          link.tabIndex = -1;
          if (hit.words.length) link.append(excerpt(hit.words));
          link.append(make("p", hit.words.length ? "bf-hit__where" : "bf-hit__title", hit.title));
          if (hit.about) link.lastChild.append(make("span", "bf-quiet", ` · ${hit.about}`));
          group.append(link);
        });
        if (found.length > rest) {
          const more = make("button", "bf-action", `${words.more} (${found.length - rest})`);
          more.type = "button";
          more.addEventListener("click", () => {
            all.add(kind);
            show(hits);
          });
          group.append(more);
        }
        list.append(group);
      }
      input.setAttribute("aria-expanded", String(list.childElementCount > 0));
      choose(0);
    }

    async function run() {
      const text = input.value.trim();
      const mine = ++query;
      all = new Set();
      if (!text && !Object.keys(filters()).length) {
        list.replaceChildren();
        note.textContent = words.hint;
        return;
      }
      note.textContent = words.working;
      try {
        const [pagefind] = await Promise.all([load(), pause(PAUSE)]);
        if (mine !== query) return;
        const result = await pagefind.search(text || null, { filters: filters() });
        if (mine !== query) return;
        const pages = await Promise.all(result.results.slice(0, PAGES).map((found) => found.data()));
        if (mine !== query) return;
        const hits = pages.flatMap(hitsOf);
        note.textContent = hits.length ? "" : words.none.replace("{query}", text);
        show(hits);
        offerFilters();
      } catch (error) {
        console.error(error);
        note.textContent = words.failed;
      }
    }

    /** What an address speaks of: the last words in it, without dates and endings. */
    function wordsOf(path) {
      const parts = decodeURIComponent(path).replace(/(?:index)?\.\w+$/, "").split("/").filter(Boolean);
      return (parts.pop() || "").replace(/^\d{4}-\d\d-\d\d-?/, "").replace(/[-_+]+/g, " ").trim();
    }

    // --- keys ---------------------------------------------------------------------------------------

    const hits = () => [...list.querySelectorAll(".bf-hit")];

    function choose(place) {
      const found = hits();
      found.forEach((hit) => hit.setAttribute("aria-selected", "false"));
      const chosen = found[(place + found.length) % found.length];
      if (!chosen) return input.removeAttribute("aria-activedescendant");
      chosen.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }

    const open = () => {
      dialog.showModal();
      input.select();
      load().then(
        () => input.value.trim() || offerFilters(),
        (error) => {
          console.error(error);
          note.textContent = words.failed;
        },
      );
    };

    opener.hidden = false;
    opener.addEventListener("click", open);
    // Whoever points at the button will want the index.
    for (const sign of ["pointerenter", "focus"]) opener.addEventListener(sign, () => load().catch(() => {}), { once: true });
    for (const button of document.querySelectorAll("[data-search-address]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        input.value = wordsOf(location.pathname.slice(home.pathname.length));
        open();
        run();
      });
    }
    dialog.querySelector(".bf-search__close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const hit = event.target.closest(".bf-hit");
      if (!hit) return;
      const marked = [...hit.querySelectorAll("mark")].map((mark) => mark.textContent);
      sessionStorage.setItem("briefings.marks", JSON.stringify(marked));
      // A hit on this very page moves to its entry; the dialog must not stay before it.
      dialog.close();
    });
    input.addEventListener("input", run);
    input.addEventListener("keydown", (event) => {
      const found = hits();
      const at = found.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        event.preventDefault();
        found[at]?.click();
      }
    });
    addEventListener("keydown", (event) => {
      const typing = /^(?:input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
      if (dialog.open || typing || event.metaKey || event.ctrlKey || event.altKey) return;
      if (["/", "s", "f"].includes(event.key)) {
        event.preventDefault();
        open();
      }
    });
  }
}

// Filters over a whole table, not over the page of it that happens to be shown: the table is loaded
// when a filter is first used. What the filters are set to stands in the address.

"use strict";

{
  const said = JSON.parse(document.getElementById("__briefings").textContent);
  const words = said.filter;
  const SHOWN = 100;

  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const FILTERS = {
    quotes: [
      ["speaker", (row) => [row.speaker]],
      ["affiliation", (row) => [row.affiliation]],
      ["issue", (row) => [row.issue]],
    ],
    steps: [
      ["owner", (row) => row.owners],
      ["state", (row) => [said.state[row.state]]],
    ],
  };
  const DATE = { quotes: (row) => row.date, steps: (row) => row.due || "" };

  const day = (iso) => {
    const parts = iso.split("-").map(Number);
    const options = [{ year: "numeric" }, { year: "numeric", month: "short" }, { year: "numeric", month: "short", day: "numeric" }];
    const date = new Date(Date.UTC(parts[0], (parts[1] || 1) - 1, parts[2] || 1));
    return new Intl.DateTimeFormat(said.language === "en" ? "en-GB" : said.language, { ...options[parts.length - 1], timeZone: "UTC" }).format(date);
  };

  function start(form) {
    const kind = form.dataset.kind;
    const all = [...document.querySelectorAll(".bf-filter__all")];
    const results = make("div", "bf-filter__results");
    results.setAttribute("aria-live", "polite");
    all[0].before(results);
    let rows = null;

    // --- the form ------------------------------------------------------------------------------

    const field = (name, input) => {
      const label = make("label", "bf-filter__field", words[name]);
      input.name = name;
      label.append(input);
      form.append(label);
      return input;
    };
    const selects = FILTERS[kind].map(([name]) => field(name, make("select")));
    const from = field("from", make("input"));
    const to = field("to", make("input"));
    from.type = to.type = "date";
    const text = field("words", make("input"));
    text.type = "search";
    const clear = make("button", "bf-action", words.clear);
    clear.type = "reset";
    form.append(clear);
    form.setAttribute("aria-label", words.label);
    for (const select of selects) select.append(new Option(words.any, ""));
    form.hidden = false;

    async function load() {
      if (rows) return;
      rows = await (await fetch(form.dataset.rows)).json();
      const now = new Date();
      const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
      for (const row of rows) if (kind === "steps") row.state = window.briefingsStateOf(row.due, row.done, today) || "undated";
      FILTERS[kind].forEach(([, values], place) => {
        const counts = new Map();
        for (const row of rows) for (const value of values(row)) if (value) counts.set(value, (counts.get(value) || 0) + 1);
        const ordered = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
        const chosen = selects[place].value;
        selects[place].replaceChildren(new Option(words.any, ""), ...ordered.map(([value, n]) => new Option(`${value} (${n})`, value)));
        selects[place].value = chosen;
      });
    }

    // --- rows ------------------------------------------------------------------------------------

    const place = (row) => `${form.dataset.place.replace("ID", row.briefing)}${row.id ? `#${row.id}` : ""}`;
    const cite = (row) => {
      const link = make("a", "bf-cite", `${day(row.date)} · ${row.title}`);
      link.href = place(row);
      return link;
    };
    const drawn = {
      quotes(found) {
        const list = make("div", "bf-quotes");
        for (const row of found) {
          const figure = make("figure", "bf-quote");
          const quote = make("blockquote");
          quote.append(make("p", "", row.text.split(" … ").map((part) => `“${part}”`).join(" … ")));
          const caption = make("figcaption");
          const speaker = make(row.speaker_id ? "a" : "span", row.speaker_id ? "bf-actor" : "bf-unnamed", row.speaker || "");
          if (row.speaker_id) speaker.href = form.dataset.actor.replace("ID", row.speaker_id);
          caption.append(speaker, " ", cite(row));
          figure.append(quote, caption);
          list.append(figure);
        }
        return list;
      },
      steps(found) {
        const table = make("table", "bf-steps");
        const body = make("tbody");
        const head = make("tr");
        for (const key of ["when", "who", "what", "status"]) {
          const cell = make("th", "", said.steps[key]);
          cell.scope = "col";
          head.append(cell);
        }
        const top = make("thead");
        top.append(head);
        for (const row of found) {
          const line = make("tr", "bf-step");
          line.dataset.done = row.done ? "yes" : "no";
          const when = make("td", "bf-step__when");
          when.append(row.due ? make("time", "", day(row.due)) : make("span", "bf-quiet", row.when || said.state.undated));
          const state = make("span", "bf-state", ["open", "undated"].includes(row.state) ? "" : said.state[row.state]);
          state.dataset.state = row.state;
          when.append(state);
          const what = make("td", "bf-step__what", row.text);
          what.append(make("br"), cite(row));
          const status = make("td", "bf-step__status");
          if (row.status) {
            const badge = make("span", "bf-status", said.status[row.status]);
            badge.dataset.status = row.status;
            status.append(badge);
          }
          line.append(when, make("td", "bf-step__who", row.owners.join(", ")), what, status);
          body.append(line);
        }
        table.append(top, body);
        return table;
      },
    };

    // --- filtering ---------------------------------------------------------------------------------

    async function run(shown = SHOWN) {
      const set = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
      const address = new URL(location.href);
      address.search = new URLSearchParams(set).toString();
      history.replaceState(null, "", address);
      const active = Object.keys(set).length > 0;
      all.forEach((part) => (part.hidden = active));
      if (!active) return results.replaceChildren();
      await load();
      const wanted = (set.words || "").toLowerCase();
      const found = rows.filter((row) => {
        const date = DATE[kind](row);
        return (
          FILTERS[kind].every(([name, values]) => !set[name] || values(row).includes(set[name])) &&
          (!set.from || (date && date >= set.from.slice(0, date.length))) &&
          (!set.to || (date && date <= set.to.slice(0, date.length))) &&
          (!wanted || row.text.toLowerCase().includes(wanted))
        );
      });
      const note = make("p", "bf-quiet", found.length ? words.shown.replace("{n}", found.length).replace("{all}", rows.length) : words.none);
      results.replaceChildren(note, drawn[kind](found.slice(0, shown)));
      if (found.length > shown) {
        const more = make("button", "bf-action", words.more);
        more.type = "button";
        more.addEventListener("click", () => run(shown + SHOWN));
        results.append(more);
      }
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusin", load, { once: true });
    form.addEventListener("input", () => run());
    form.addEventListener("reset", () => setTimeout(run));

    const asked = new URLSearchParams(location.search);
    if ([...asked].length) {
      load().then(() => {
        for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
        run();
      });
    }
  }

  document.querySelectorAll("form.bf-filter").forEach(start);
}

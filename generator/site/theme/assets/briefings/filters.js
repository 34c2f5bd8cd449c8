// Filters over a whole table, not over the page of it that happens to be shown. When a filter is first
// used the index of the table is loaded; then, newest first, the pieces that hold what was asked for,
// until there is enough to show. What the filters are set to stands in the address.

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

  // Name of the filter, the column it looks at, and a row's values there. The state has no column: it
  // follows the reader's day.
  const FILTERS = {
    quotes: [
      ["speaker", "speaker", (row) => [row.speaker]],
      ["affiliation", "affiliation", (row) => [row.affiliation]],
      ["issue", "issue", (row) => [row.issue]],
    ],
    steps: [
      ["owner", "owners", (row) => row.owners],
      ["state", null, (row) => [said.state[row.state]]],
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
    const pieces = new Map();
    let index = null;
    let asked = 0;

    // --- the form ------------------------------------------------------------------------------

    const field = (name, input) => {
      const label = make("label", "bf-filter__field", words[name]);
      input.name = name;
      label.append(input);
      form.append(label);
      return input;
    };
    const selects = FILTERS[kind].map(([name]) => field(name, make("select")));
    field("words", make("input")).type = "search";
    for (const name of ["from", "to"]) field(name, make("input")).type = "date";
    const clear = make("button", "bf-action", words.clear);
    clear.type = "reset";
    form.append(clear);
    form.setAttribute("aria-label", words.label);
    for (const select of selects) select.append(new Option(words.any, ""));
    form.hidden = false;

    const fetched = async (name) => (await fetch(new URL(name, new URL(form.dataset.rows, location)))).json();

    /** The index, loaded once, and with it what the filters offer. */
    function load() {
      index ||= fetched("index.json").then((found) => {
        FILTERS[kind].forEach(([, column], place) => {
          const values = column
            ? Object.entries(found.values[column]).sort((a, b) => b[1][0] - a[1][0] || a[0].localeCompare(b[0]))
            : Object.values(said.state).map((value) => [value, null]);
          const options = values.map(([value, counted]) => new Option(counted ? `${value} (${counted[0]})` : value, value));
          const chosen = selects[place].value;
          selects[place].replaceChildren(new Option(words.any, ""), ...options);
          selects[place].value = chosen;
        });
        return found;
      });
      return index;
    }

    function piece(number) {
      if (!pieces.has(number)) pieces.set(number, fetched(`${number}.json`).then(withStates));
      return pieces.get(number);
    }

    function withStates(rows) {
      if (kind !== "steps") return rows;
      const now = new Date();
      const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
      for (const row of rows) row.state = window.briefingsStateOf(row.due, row.done, today) || "undated";
      return rows;
    }

    // --- rows ------------------------------------------------------------------------------------

    const place = (row) => `${form.dataset.place.replace("ID", row.briefing)}${row.id ? `#${row.id}` : ""}`;
    const cite = (row) => {
      const link = make("a", "bf-cite", `${day(row.date)} · ${row.title}`);
      link.href = place(row);
      return link;
    };
    const unsure = (row) => (row.unsure ? [make("span", "bf-flag", said.unsure), " "] : []);
    const drawn = {
      quotes(found) {
        const list = make("div", "bf-quotes");
        for (const row of found) {
          const figure = make("figure", "bf-quote");
          const quote = make("blockquote");
          quote.append(make("p", "", row.text.replace(/,+$/, "").split(" … ").map((part) => `“${part}”`).join(" … ")));
          const caption = make("figcaption");
          const speaker = make(row.speaker_id ? "a" : "span", row.speaker_id ? "bf-actor" : "bf-unnamed", row.speaker || "");
          if (row.speaker_id) speaker.href = form.dataset.actor.replace("ID", row.speaker_id);
          caption.append(speaker, " ", ...unsure(row), cite(row));
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
          what.append(" ", ...unsure(row), make("br"), cite(row));
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

    const within = (date, set) =>
      (!set.from || (date && date >= set.from.slice(0, date.length))) && (!set.to || (date && date <= set.to.slice(0, date.length)));

    /** The pieces that may hold what was asked for, the newest first. */
    function worthLoading(found, set) {
      const holders = FILTERS[kind]
        .filter(([name, column]) => column && set[name])
        .map(([name, column]) => new Set(found.values[column][set[name]]?.[1]));
      const dated = (span) => (!set.from && !set.to) || (span && (!set.from || span[1] >= set.from.slice(0, span[1].length)) && (!set.to || span[0] <= set.to.slice(0, span[0].length)));
      return found.dates
        .map((span, number) => [span, number])
        .filter(([span, number]) => dated(span) && holders.every((holder) => holder.has(number)))
        .map(([, number]) => number)
        .reverse();
    }

    async function run(shown = SHOWN) {
      const mine = ++asked;
      const set = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
      const address = new URL(location.href);
      address.search = new URLSearchParams(set).toString();
      history.replaceState(null, "", address);
      const active = Object.keys(set).length > 0;
      all.forEach((part) => (part.hidden = active));
      if (!active) return results.replaceChildren();
      const table = await load();
      const wanted = (set.words || "").toLowerCase();
      const fits = (row) =>
        FILTERS[kind].every(([name, , values]) => !set[name] || values(row).includes(set[name])) &&
        within(DATE[kind](row), set) &&
        (!wanted || row.text.toLowerCase().includes(wanted));
      const found = [];
      const left = worthLoading(table, set);
      while (left.length && found.length <= shown) found.push(...(await piece(left.shift())).filter(fits));
      if (mine !== asked) return;
      const number = `${found.length}${left.length ? "+" : ""}`;
      const note = make("p", "bf-quiet", found.length ? words.shown.replace("{n}", number).replace("{all}", table.rows) : words.none);
      results.replaceChildren(note, drawn[kind](found.slice(0, shown)));
      if (found.length > shown) {
        const more = make("button", "bf-action", words.more);
        more.type = "button";
        more.addEventListener("click", () => run(shown + SHOWN));
        results.append(more);
      }
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusin", () => load(), { once: true });
    form.addEventListener("input", () => run());
    form.addEventListener("reset", () => setTimeout(run));

    const given = new URLSearchParams(location.search);
    if ([...given].length) {
      load().then(() => {
        for (const [name, value] of given) if (form.elements[name]) form.elements[name].value = value;
        run();
      });
    }
  }

  document.querySelectorAll("form.bf-filter").forEach(start);
}

// The palette that the reader chose, or the one of the system, before anything is painted.

{
  const chosen = __md_get("__palette");
  if (chosen?.color) {
    let color = chosen.color;
    if (color.media === "(prefers-color-scheme)") {
      const light = matchMedia("(prefers-color-scheme: light)").matches;
      const option = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${light ? "light" : "dark"})"]`);
      if (option) {
        color = Object.fromEntries(
          ["media", "scheme", "primary", "accent"].map((key) => [key, option.getAttribute(`data-md-color-${key}`)]),
        );
      }
    }
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
  } else if (matchMedia("(prefers-color-scheme: dark)").matches) {
    // The first visit: Material's own script comes later and would let a light page flash by.
    const option = document.querySelector('[data-md-color-media="(prefers-color-scheme: dark)"]');
    if (option) document.body.setAttribute("data-md-color-scheme", option.getAttribute("data-md-color-scheme"));
  }
}
